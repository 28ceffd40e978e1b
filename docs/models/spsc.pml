/* SpscRing: publish, batches, wrap padding, restart of either side, checkpoint. Unit = 8 bytes; records of 1 or 2 units;
   a ring of C units; K messages; PC crashes of the producer, CC of the consumer. Sequentially consistent, each shared access a step;
   what the fences are for is argued in ../memory-model.md and required by SpscOrderTest.
   Switches, each of which must show an error:
     WALKHINT  a restarted producer walks from the position hint with the checkpoint's sequence
     PARITY    the checkpoint's index is 0 or 1 instead of a count        NOVALID  its reader does not look at the index again
     CELLHEAD  the producer takes head from the checkpoint's cell         NOPLUS8  no room is kept for the zero header
     ZEROLATE  the next header is zeroed after the publish                PADPUB   padding is published before its record
     KEEPZERO  a header zeroed ahead is trusted although a longer, aborted claim wrote over it */
#ifndef C
#define C 5
#endif
#ifndef K
#define K 4
#endif
#ifndef PC
#define PC 1
#endif
#ifndef CC
#define CC 1
#endif
#define PAD(l) (l)
#define HDR(l,s) (16+(l)-1+2*(s))
#define ISH(x) ((x)>=16)
#define LEN(x) (ISH(x) -> (((x)-16)&1)+1 : (x))
#define SEQ(x) (((x)-16)/2)
#ifdef NOPLUS8
#define X8 0
#else
#define X8 1
#endif
#ifdef PARITY
#define NEXT(i) (1-(i))
#else
#define NEXT(i) ((i)+1)
#endif
byte w[C]; byte hint, head, idx; byte cellp[2]; byte cells[2];
byte gend, gcount, gdel; byte gpos[K+2]; byte glen[K+2]; byte gcpos;
bool pcrash, ccrash, fin; byte npc, ncc;
#define INV assert(w[gend%C]==0)

inline readckpt(p,s,ix) {
    do :: ix = idx; p = cellp[ix&1]; s = cells[ix&1];
#ifndef NOVALID
    if :: idx == ix -> break :: else fi
#else
    break
#endif
    od
}
inline readhead(h) {
#ifdef CELLHEAD
   hx = idx; h = cellp[hx&1];
#else
   h = head;
#endif
}
proctype Prod() {
  byte p, q, sq, n, b, l, h, x, fh, pd, ix, hx, i, z; byte tp[3]; byte tl[3];   /* z: a position whose header is zero, 0 for none */
restart: {
    z = 0;
    /* recover */
#ifdef WALKHINT
    readckpt(h,sq,ix); p = hint; if :: p < h -> p = h :: else fi;
#else
    readckpt(p,sq,ix);
#endif
    do :: atomic { x = w[p%C]; if :: x==0 -> break :: else -> p = p+LEN(x); if :: ISH(x) -> sq++ :: else fi fi }
    od;
    assert(p==gend); assert(sq==gcount);
    do
    :: sq+0 < K ->
       atomic { q=p; n=0; fh=0; x=0; ix=0; hx=0; if :: b=1 :: b=2 fi }
more:  atomic { if :: l=1 :: l=2 fi; pd = ((q%C)+l > C -> C-(q%C) : 0) }
       readhead(h);
       if
       :: q+pd+l+X8 > h+C ->
          if :: n>0 -> goto pub
             :: else ->
#ifdef CELLHEAD
               atomic { cellp[idx&1] != h -> goto more }
#else
               atomic { head != h -> goto more }
#endif
          fi
       :: else
       fi;
#ifndef KEEPZERO
       if
       :: q+pd+l > z -> if :: z = 0 :: n==0 -> atomic { z = q+pd+l; w[z%C]=0; INV } fi  /* in a batch forgotten, else zeroed at once */
       :: else
       fi;
#endif
       if
       :: l==2 -> atomic { w[(q+pd+1)%C] = PAD(1); INV };              /* payload that looks like a header */
          if :: n==0 && b==2 -> b=1; goto more :: skip fi             /* aborted: claim anew, perhaps shorter */
       :: else
       fi;
       if
       :: pd>0 ->
#ifdef PADPUB
          if :: q==p -> atomic { w[q%C]=PAD(pd); p=p+pd; gend=p; INV }
             :: else -> atomic { w[q%C]=PAD(pd); INV } fi
#else
          if :: q==p -> fh = PAD(pd) :: else -> atomic { w[q%C]=PAD(pd); INV } fi
#endif
          ; q = q+pd
       :: else
       fi;
       if :: q==p -> fh = HDR(l,sq+n) :: else -> atomic { w[q%C]=HDR(l,sq+n); INV } fi;
       atomic { tp[n]=q; tl[n]=l; n++; q=q+l; }
       if :: n<b && sq+n<K -> goto more :: else fi;
pub:
#ifndef ZEROLATE
       if :: z==q -> skip :: else -> atomic { w[q%C]=0; INV } fi;
#endif
       atomic { w[p%C]=fh; gend=q; i=0; do :: i<n -> gpos[gcount]=tp[i]; glen[gcount]=tl[i]; gcount++; i++ :: else -> break od; i=0; 
#ifndef ZEROLATE
         INV
#endif
       }
#ifdef ZEROLATE
       atomic { w[q%C]=0 }
#endif
       if :: q+(q-p)+X8 <= h+C -> atomic { z = q+(q-p); w[z%C]=0; INV } :: z = 0 fi;   /* zero ahead, when there is room */
       atomic { hint = q; p = q; sq = sq+n; n=0; fh=0; q=0; h=0; pd=0; l=0; b=0; tp[0]=0;tp[1]=0;tl[0]=0;tl[1]=0 }
    :: else -> break
    od;
    fin=1
  } unless { pcrash };
  if :: pcrash -> d_step { pcrash=0; p=0;q=0;sq=0;n=0;b=0;l=0;h=0;x=0;fh=0;pd=0;ix=0;hx=0;i=0;tp[0]=0;tp[1]=0;tl[0]=0;tl[1]=0 } goto restart
     :: else fi
}
proctype Cons() {
  byte c, n, x, r;
attach: {
    atomic { c = cellp[idx&1]; n = cells[idx&1]; r = c; head = c }
lp: atomic { x = w[c%C];
       if
       :: ISH(x) -> assert(n<gcount); assert(SEQ(x)==n); assert(gpos[n]==c); assert(glen[n]==LEN(x));
            if :: gdel<=n -> assert(gdel==n) :: else fi
       :: x>0 && !ISH(x) -> assert(c+LEN(x)<=gend)
       :: else fi }
    if
    :: x==0 && r==c -> atomic { w[c%C]!=0; goto lp }
    :: x==0 && r!=c -> goto rel
    :: else ->
       atomic { if :: ISH(x) -> if :: LEN(x)==2 -> assert(w[(c+1)%C]==PAD(1)) :: else fi;
                      if :: gdel==n -> gdel=n+1 :: else fi; n++
                :: else fi; c = c+LEN(x); x=0 }
       if :: goto rel :: goto lp fi
    fi;
rel: cellp[NEXT(idx)&1] = c;
     cells[NEXT(idx)&1] = n;
     idx = NEXT(idx);
     atomic { head = c; r = c; goto lp }
  } unless { ccrash };
  d_step { ccrash=0; c=0; n=0; x=0; r=0 } goto attach
}
active proctype Crasher() {
  do :: atomic { npc<PC && !fin && !pcrash -> pcrash=1; npc++ }
     :: atomic { ncc<CC && !ccrash -> ccrash=1; ncc++ }
     :: npc>=PC && ncc>=CC -> break od
}
active proctype Mon() { timeout -> d_step { assert(fin); assert(gcount==K); assert(gdel==K) } }
init { atomic { run Cons(); run Prod() } }
