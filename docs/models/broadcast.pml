/* BroadcastRing: intent strides, the zero header behind, a crash of the producer at any step and its successor; a reader that loses and
   validates; a gated subscriber. Unit = 64 bytes; records of one unit: a header, which is the flag, and a payload, both of which say the
   sequence; a ring of C units; K messages; strides of S units; PC crashes. A mark for every unit would be the record itself, so the model has
   one mark, the newest. Sequentially consistent, each shared access a step; fences are required by BroadcastOrderTest.
   Switches, each of which must show an error:
     INTENTLATE   intent is raised after the stores                        SUCCLOW    a successor starts with an intent of its own
     NOZERO       the header behind is not zeroed first                    ZEROOUT    intent does not cover the zero header
     NOVALID      a copy is not validated                                  EMPTYBELIEVED  an empty look is not validated
     GATEBLIND    the producer reads the gates before it raises intent     GATEJOIN   a subscriber does not look at intent behind its gate */
#ifndef C
#define C 4
#endif
#ifndef K
#define K 6
#endif
#ifndef S
#define S 1
#endif
#ifndef PC
#define PC 1
#endif
#define HDR(s) ((s)+1)
#ifdef ZEROOUT
#define ZERO 0
#else
#define ZERO 1
#endif
byte h[C]; byte d[C];                 /* header: sequence + 1, or 0; payload: sequence + 1 */
byte intent, mark, gate;              /* mark: position + 1, or 0; gate: position + 1, or 0 */
byte pub;                             /* ghost: how many were published; the position of message s is s */
bool pcrash, fin, subbed; byte npc;

inline lowest() { g = gate; lim = (g > 0 && g-1+C < intent -> g-1+C : intent) }

proctype Prod() {
  byte p, lim, end, g, i;
restart: {
    /* recover: intent is that of the one before; walk from the mark to the zero header */
#ifdef SUCCLOW
    intent = (mark > 0 -> mark : 0);
#endif
    p = (mark > 0 -> mark-1 : 0);
    do
    :: atomic { h[p%C] == 0 -> break }
    :: atomic { h[p%C] != 0 -> assert(h[p%C] == HDR(p)); assert(d[p%C] == HDR(p)); assert(p < pub) }
       mark = p+1;
       p = p+1
    od;
    assert(p == pub);
    lim = p;
    do
    :: p < K ->
       end = p+1+ZERO;
       if
       :: end > lim ->
#ifdef GATEBLIND
          lowest();
          if :: end > intent -> intent = ((end+S-1)/S)*S; lim = (g > 0 && g-1+C < intent -> g-1+C : intent) :: else fi;
#else
#ifndef INTENTLATE
          if :: end > intent -> intent = ((end+S-1)/S)*S :: else fi;
          lowest();
#else
          g = gate; lim = (g > 0 && g-1+C < end -> g-1+C : end);
#endif
#endif
          if :: end > lim -> atomic { gate != g -> lim = p } ; goto again :: else fi
       :: else
       fi;
#ifndef NOZERO
       h[(p+1)%C] = 0;
#endif
       d[p%C] = HDR(p);
       if                                                            /* published, or aborted and claimed anew */
       :: atomic { h[p%C] = HDR(p); pub = p+1; i = 1 }
       :: i = 0
       fi;
#ifdef INTENTLATE
       if :: end > intent -> intent = ((end+S-1)/S)*S :: else fi;
#endif
       if
       :: i == 1 ->
          mark = p+1;
          p = p+1
       :: else -> if :: d[p%C] = 0 :: skip fi
       fi;
again: skip
    :: else -> break
    od;
    fin = 1
  } unless { pcrash };
  if :: pcrash -> d_step { pcrash = 0; p = 0; lim = 0; end = 0; g = 0; i = 0 } goto restart :: else fi
}

/* Joins at the oldest there is; delivers, or is told a gap, each exactly once. */
proctype Reader() {
  byte n, e, x, y, v;                 /* position, sequence due, header, payload, intent */
  do
  :: x = h[n%C];
     y = d[n%C];
     v = intent;
     if
#ifndef NOVALID
#ifdef EMPTYBELIEVED
     :: v > n+C && x != 0 ->
#else
     :: v > n+C ->
#endif
        atomic { x = mark; assert(x > 0); n = (x-1 > n -> x-1 : n) }         /* the landing, at the newest mark */
     :: else ->
#else
     :: true ->
#endif
        if
        :: x == 0 -> assert(v <= n+C);                                       /* nothing here: told as it is */
           if :: atomic { fin && n == pub -> break } :: atomic { pub > n || fin -> skip } fi
        :: else ->
           assert(x == HDR(n)); assert(y == x);                              /* whole, and what belongs here */
           assert(x-1 >= e);                                                 /* e to x-2 are the gap */
           atomic { e = x; n = n+1 }
        fi
     fi;
     atomic { x = 0; y = 0; v = 0 }
  od;
  assert(e == pub)
}

/* Joins at the mark, waits for nobody, and from then on must find everything. */
proctype Subscriber() {
  byte n, v;
  do
  :: atomic { n = (mark > 0 -> mark-1 : 0) }
     gate = n+1;
#ifdef GATEJOIN
     break
#else
     if :: v = intent; if :: v <= n+C -> break :: else fi fi
#endif
  od;
  subbed = 1;
  do
  :: atomic { h[n%C] == HDR(n) -> assert(d[n%C] == HDR(n)) }
     gate = n+2;
     n = n+1
  :: atomic { h[n%C] == 0 && fin && n == pub -> break }
  :: atomic { h[n%C] != 0 && h[n%C] != HDR(n) -> assert(false) }             /* overwritten under it */
  od;
  gate = 0
}
active proctype Crasher() {
  do :: atomic { npc<PC && !fin && !pcrash -> pcrash = 1; npc++ } :: npc >= PC -> break :: fin -> break od
}
active proctype Mon() { timeout -> assert(fin); assert(pub == K) }
init { atomic { run Prod(); run Reader(); run Subscriber() } }
