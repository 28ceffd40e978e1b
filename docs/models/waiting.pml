/* Sleeping on a doorbell and being woken: Doorbell (ring, raise), BellSleep, Waiter.
   NS sleepers wait for items; each of NW wakers publishes M of them and may be killed at any step; sleeper 1 may be killed too.
   A sleep has no time limit here: one that goes on although there is something (found when nothing else can move) must be owed to a
   waker that was killed; then the slice ends it. By default each sleeper wants every item; -DTAKE: each item is for one of them.
   Switches, each of which must show an error:
     NOWAKERFENCE    the flag is loaded before what is published can be seen
     NOSLEEPERFENCE  the look is made before the flag can be seen            NOLOOK   no look between flag and sleep
     SEQLATE         seq is read after the look                              NOSEQ    seq does not move
     SEQPLAIN        seq is read and stored, not counted up at once (needs two wakers)
     WAKEONE         one sleeper is woken, not all (needs two sleepers) */
#ifndef NS
#define NS 2
#endif
#ifndef NW
#define NW 1
#endif
#ifndef M
#define M 2
#endif
#ifndef WC
#define WC 0
#endif
#ifndef SC
#define SC 0
#endif
byte items, flag, seq, taken; byte got[2]; bool asleep[2];
bool wcr[2]; bool wdone[2]; bool scr; byte nwc, nsc, slices;
#ifdef TAKE
#define AVAIL(j) (items>taken)
#else
#define AVAIL(j) (items>got[j])
#endif
inline wakeall() {
#ifdef WAKEONE
    if :: asleep[0] -> asleep[0]=0 :: else -> asleep[1]=0 fi
#else
    asleep[0]=0; asleep[1]=0
#endif
}
inline look(j) { atomic { if :: AVAIL(j) -> got[j]++; taken++; found=1 :: else -> found=0 fi } }
proctype Waker(byte i) { byte k, f, s;
  {
    do
    :: k<M ->
#ifdef NOWAKERFENCE
        f=flag; atomic { items++; k++ };
#else
        atomic { items++; k++ }; f=flag;
#endif
        if :: f -> atomic { f=flag; flag=0 };
            if :: f ->
#ifdef SEQPLAIN
                s=seq; seq=s+1; s=0;
#else
#ifndef NOSEQ
                seq=seq+1;
#endif
#endif
                atomic { wakeall() }
               :: else
            fi
           :: else
        fi; f=0
    :: else -> break
    od
  } unless { wcr[i] };
  atomic { wdone[i]=1; wcr[i]=0 }
}
proctype Sleeper(byte j) { byte s; bool found;
  {
    do
    ::  look(j);
        if :: found -> skip
           :: else ->
#ifdef SEQLATE
            flag=1; look(j); s=seq;
#else
#ifdef NOSLEEPERFENCE
            s=seq; look(j); flag=1;
#else
#ifdef NOLOOK
            s=seq; flag=1; found=0;
#else
            s=seq; flag=1; look(j);
#endif
#endif
#endif
            if :: found -> s=0
               :: else -> atomic { if :: seq==s -> asleep[j]=1 :: else fi; s=0 };
end:              !asleep[j]
            fi
        fi
    od
  } unless { j==1 && scr };
  atomic { asleep[1]=0; got[1]=items }
}
/* Nothing can move, and a sleeper sleeps with something there: only a killed waker may be the reason. */
active proctype Slice() {
  do
  :: timeout -> atomic {
     if
     :: asleep[0] && AVAIL(0) -> slices++; assert(slices<=NS*nwc); asleep[0]=0
     :: asleep[1] && AVAIL(1) -> slices++; assert(slices<=NS*nwc); asleep[1]=0
     :: else -> break
     fi }
  od;
  assert(wdone[0] && (NW==1 || wdone[1]));
  assert(!AVAIL(0))
}
active proctype Killer() { do
  :: atomic { nwc<WC && !wdone[0] -> wcr[0]=1; nwc++ }
  :: atomic { nwc<WC && NW==2 && !wdone[1] -> wcr[1]=1; nwc++ }
  :: atomic { nsc<SC -> scr=1; nsc++ }
  :: nwc>=WC && nsc>=SC -> break od }
init { atomic { run Sleeper(0); if :: NS==2 -> run Sleeper(1) :: else fi; run Waker(0); if :: NW==2 -> run Waker(1) :: else fi } }
