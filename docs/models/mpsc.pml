/* MpscRing: claims, commits, death and re-registration of producers, restart of the consumer. Unit = 64 bytes; records of 1 or 2 units; a
   ring of C units; NP producers with K records each; PC crashes of producers, CC of the consumer. Sequentially consistent, each shared
   access a step; what the fences are for is argued in ../memory-model.md and required by MpscOrderTest.
   Switches, each of which must show an error:
     HEADAFTER  head is read after the word      HINTONLY  a producer starts at the tail hint alone
     PADALL     producers, too, turn dead claims into padding (ADV: payload that looks like a claim)
     NORECHECK  a header is believed without a look at consumed          NOREPEAT  a new consumer does not mark again
     SHORTBAD   a shorter commit stores its padding after its header (with SHORT)
     EFIRST     marks are visible before consumed                        SAMEEMPTY the empty word is the same everywhere (ADV: and in payload) */
#ifndef NP
#define NP 2
#endif
#ifndef K
#define K 2
#endif
#ifndef PC
#define PC 1
#endif
#ifndef CC
#define CC 1
#endif
#define C 4
#ifndef INIT
#define INIT 0
#endif
#define MAXID (NP*IDS)
#define IDS (K+PC)
#ifdef SAMEEMPTY
#define E(p) 128
#else
#define E(p) (128+(p))
#endif
#define PAD(l) (l)
#define COMMIT(l,id) (16+((l)-1)+2*(id))
#define CLAIM(l,s,g) (64+((l)-1)+2*(s)+2*NP*(g))
#define ISE(x) ((x)>=128)
#define ISCLAIM(x) ((x)>=64 && (x)<128)
#define ISCOM(x) ((x)>=16 && (x)<64)
#define CSLOT(x) ((((x)-64)/2)%NP)
#define CGEN(x) (((x)-64)/(2*NP))
#define CLEN(x) ((((x)-64)&1)+1)
#define MLEN(x) ((((x)-16)&1)+1)
#define MID(x) (((x)-16)/2)
#define LEN(x) (ISCLAIM(x) -> CLEN(x) : (ISCOM(x) -> MLEN(x) : (x)))

byte w[C]; byte pay[C];
byte head, consumed, tail;
bool lock[NP]; byte gen[NP];
bool committed[MAXID]; bool delivered[MAXID]; byte gpos[MAXID]; byte gval[MAXID]; byte glen[MAXID];
byte nid[NP]; byte done[NP];   /* ghost */
bool fin[NP];
bool pcrash[NP]; bool ccrash; byte npc, ncc;
bool cidle;

inline chkdead(ww, res) {
  gg = gen[CSLOT(ww)];
  if :: gg != CGEN(ww) -> res = 1
     :: else -> res = !lock[CSLOT(ww)]
  fi
}

proctype Prod(byte i) {
  byte P, x, h, t, l, need, val, gg, g, next; bool d, sh;   /* next: the end of this producer's last record, where it starts */
restart:
  lock[i] = 1;
  {
    g = gen[i]+1; gen[i] = g;
    do
    :: done[i] < K ->
       d_step { P=0; x=0; h=0; t=0; val=0; gg=0; d=0; sh=0; l=0; need=0 }
       if :: l = 1 :: l = 2 fi;
#ifndef HINTONLY
       if :: next > 0 -> P = next; goto walk :: else fi;
#endif
again: atomic { P=0; x=0; h=0; t = tail };
       atomic {
#ifdef HINTONLY
       P = t;
#else
       P = consumed; P = (t > P -> t : P); t = 0;
#endif
       }
walk:
#ifndef HEADAFTER
       atomic { h = head; if :: P >= h+C -> goto isfull :: else fi }
#endif
       atomic { x = w[P%C];
#ifdef HEADAFTER
       }
       atomic { h = head; if :: P >= h+C -> goto isfull :: else fi;
#endif
         need = ((P%C)+l > C -> C-(P%C) : l);
         if :: x==E(P) && P+need > h+C -> goto isfull
            :: ISE(x) && x != E(P) ->
#ifdef HINTONLY
               tail != t ->
#endif
               goto again
            :: else fi
       }
       if
       :: x == E(P) -> 
          atomic { h=0; x=0;
          if
          :: w[P%C]!=E(P) -> need=0; goto walk
          :: w[P%C]==E(P) && (P%C)+l > C -> w[P%C]=PAD(C-(P%C)); need=0; goto walk
          :: w[P%C]==E(P) && (P%C)+l <= C -> w[P%C]=CLAIM(l,i,g); need=0; goto claimed
          fi }
       :: else ->
#ifndef NORECHECK
          atomic { if :: consumed > P ->
#ifdef HINTONLY
                tail != t ->
#endif
                goto again
             :: else fi; need=0; h=0 }
#endif
#ifdef PADALL
          if :: ISCLAIM(x) -> chkdead(x,d);
                if :: d -> atomic { d=0; gg=0; if :: w[P%C]==x -> w[P%C]=PAD(CLEN(x)) :: else fi }
                   :: else -> gg=0 fi
             :: else fi;
#endif
          atomic { assert(LEN(x)!=0 && (LEN(x)+(P%C) <= C)); P = P+LEN(x); x=0; goto walk }
       fi;
isfull: atomic { head != h; goto again };
claimed:
       next = P+l;
       tail = P+l;
       atomic { pay[P%C] = nid[i]+i*IDS;
       if
       :: l==2 ->
          if
#ifdef ADV
          :: val = CLAIM(1,0,1) :: val = CLAIM(2,0,1)
#ifdef SAMEEMPTY
          :: val = E(0)
#endif
#endif
          :: val = PAD(1)
          fi;
          w[(P+1)%C] = val;
#ifdef SHORT
          if :: sh = 0 :: sh = 1 fi
#endif
       :: else
       fi };
       if
       :: l==2 && sh ->
#ifdef SHORTBAD
          d_step { w[P%C]=COMMIT(1,nid[i]+i*IDS); committed[nid[i]+i*IDS]=1; gpos[nid[i]+i*IDS]=P; glen[nid[i]+i*IDS]=1; nid[i]++; done[i]++ }
          w[(P+1)%C] = PAD(1);
#else
          w[(P+1)%C] = PAD(1);
          d_step { w[P%C]=COMMIT(1,nid[i]+i*IDS); committed[nid[i]+i*IDS]=1; gpos[nid[i]+i*IDS]=P; glen[nid[i]+i*IDS]=1; nid[i]++; done[i]++ }
#endif
       :: else ->
          d_step { w[P%C]=COMMIT(l,nid[i]+i*IDS); committed[nid[i]+i*IDS]=1; gpos[nid[i]+i*IDS]=P; glen[nid[i]+i*IDS]=l; gval[nid[i]+i*IDS]=val; nid[i]++; done[i]++ }
       fi
    :: else -> break
    od;
    fin[i] = 1
  } unless { pcrash[i] };
  if
  :: pcrash[i] ->
     d_step { pcrash[i]=0; P=0; x=0; h=0; t=0; val=0; gg=0; d=0; sh=0; l=0; need=0; g=0; next=0; nid[i]++ }
     lock[i] = 0;        /* the kernel lets go, later */
     if :: goto restart  /* re-registered */
        :: fin[i] = 1    /* never comes back */
     fi
  :: else
  fi
}

proctype Cons() {
  byte c, h, x, q, j, id, gg; bool d;
attach:
  {
    c = consumed; h = head;
#ifndef NOREPEAT
    do :: atomic { h < c -> w[h%C] = E(h+C); h++ } :: else -> break od;
#endif
    head = c;
    do
    :: atomic { gg=0; d=0; q=0; id=0; h=0; x = w[c%C];
       if
       :: ISE(x) -> assert(x == E(c)); 
       :: ISCOM(x) -> id = MID(x); assert(committed[id]); assert(gpos[id]==c); assert(glen[id]==MLEN(x)); 
       :: else fi }
       if
       :: ISE(x) ->
idle:     atomic { w[c%C] != x }
       :: ISCLAIM(x) ->
          chkdead(x,d);
          if
          :: d -> atomic { d=0; if :: w[c%C]==x -> w[c%C]=PAD(CLEN(x)) :: else fi }  /* CAS may fail: owner committed, then died; re-read */
          :: else -> (w[c%C] != x || gen[CSLOT(x)] != CGEN(x) || !lock[CSLOT(x)])
          fi
       :: else ->
          if
          :: ISCOM(x) ->
             atomic { assert(pay[c%C]==id);
             if :: MLEN(x)==2 -> assert(w[(c+1)%C]==gval[id]) :: else fi;
             delivered[id]=1; id=0 }
          :: else
          fi;
          atomic { h = head; q = c+LEN(x); x=0 }
#ifdef EFIRST
          w[h%C] = E(h+C);
#endif
          atomic { consumed = q;
             j=0; do :: j<MAXID -> assert(!(committed[j] && gpos[j]<q && !delivered[j])); j++ :: else -> break od; j=0 }
          c = q;
          if
          :: h = head; do :: atomic { h < q -> w[h%C] = E(h+C); h++ } :: else -> break od; head = q
          :: q-head < 2 -> skip                          /* put off: what is left is enough for padding and a record */
          fi
       fi
    od
  } unless { ccrash };
  d_step { ccrash=0; c=0; h=0; x=0; q=0; id=0; gg=0; d=0 }
  goto attach
}

active proctype Crasher() {
endc: do
  :: atomic { npc<PC && !fin[0] && lock[0] && !pcrash[0] -> pcrash[0]=1; npc++ }
  :: atomic { npc<PC && !fin[1] && lock[1] && !pcrash[1] -> pcrash[1]=1; npc++ }
#if NP>2
  :: atomic { npc<PC && !fin[2] && lock[2] && !pcrash[2] -> pcrash[2]=1; npc++ }
#endif
  :: atomic { ncc<CC && !ccrash -> ccrash=1; ncc++ }
  :: npc>=PC && ncc>=CC -> break
  od
}

active proctype Mon() {
  byte j;
  timeout -> 
  d_step { j=0; do :: j<NP -> assert(fin[j]); j++ :: else -> break od;
    j=0; do :: j<MAXID -> assert(!committed[j] || delivered[j]); j++ :: else -> break od;
    assert(head<=consumed); 
  }
}

init { byte k;
  atomic { head=INIT; consumed=INIT; tail=INIT; k=0; do :: k<C -> w[(INIT+k)%C]=E(INIT+k); k++ :: else -> break od; k=0;
   run Cons(); do :: k<NP -> run Prod(k); k++ :: else -> break od }
}
