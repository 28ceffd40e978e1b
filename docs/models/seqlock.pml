/* A slot of N cells: W writers that take turns by an owned claim, each of which may die at any step; readers that start anew or keep up;
   a group of two slots is two values and one more slot, so it needs no model of its own. A value is two words, both the version's.
   Sequentially consistent, each shared access a step; what the fences are for is argued in ../memory-model.md and required by SlotOrderTest.
   Switches, each of which must show an error:
     NOODD      no odd stamp while the value is written               EARLYEVEN  the even stamp before the value
     NORECHECK  the reader does not look at the stamp again           SKIPODD    a successor goes on above a spoilt version
     NOLOOK     a successor does not look for an unannounced version  TAKEALIVE  a claim is taken from the living
     ANNOUNCEFIRST  latest before the even stamp */
#ifndef N
#define N 2
#endif
#ifndef K
#define K 4
#endif
#ifndef W
#define W 2
#endif
#ifndef PC
#define PC 2
#endif
#define C(v) ((v)%N)
byte stamp[N]; byte wa[N]; byte wb[N]; byte latest; byte owner;   /* owner: 1 + the writer's number */
bool dead[W]; bool kill[W]; byte deaths, newest;                  /* newest: the ghost of what is complete */


proctype Writer(byte me) {
  byte v, x;
  {
    do
    :: latest >= K -> break
    :: else ->
       atomic { x = owner;
         if :: x == 0 -> owner = me+1
#ifdef TAKEALIVE
            :: x != 0 && x != me+1 -> owner = me+1
#else
            :: x != 0 && x != me+1 && dead[x-1] -> owner = me+1
#endif
         fi }
       v = latest;
       assert(v == 0 || stamp[C(v)] == 2*v);
#ifndef NOLOOK
       if :: stamp[C(v+1)] == 2*(v+1) -> v = v+1; latest = v :: else fi;
#endif
       v = v+1;
#ifdef SKIPODD
       if :: stamp[C(v)] == 2*v-1 -> v = v+1 :: else fi;
#endif
       if
       :: v > K -> skip
       :: else ->
#ifndef NOODD
          stamp[C(v)] = 2*v-1;
#endif
#ifdef EARLYEVEN
          atomic { stamp[C(v)] = 2*v; newest = v }
#endif
#ifdef ANNOUNCEFIRST
          latest = v;
#endif
          wa[C(v)] = v;
          wb[C(v)] = v;
#ifndef EARLYEVEN
          atomic { stamp[C(v)] = 2*v; assert(v > newest); newest = v }
#endif
          latest = v
       fi;
       atomic { owner = 0; v = 0; x = 0 }
    od
  } unless { kill[me] };
  atomic { v = 0; x = 0; dead[me] = kill[me] }
}

proctype Reader() {
  byte known, v, s, a, b, n0, looks, tries;
again:
  atomic { n0 = newest; v = known; looks = 0; tries = 0 }
newestof:
  s = stamp[C(v+1)];
  if
  :: s < 2*(v+1) -> skip
  :: s == 2*(v+1) -> v = v+1; goto newestof
  :: s > 2*(v+1) && looks < 2 -> atomic { looks++; s = latest; v = (s > v+1 -> s : v+1) } goto newestof
  :: else -> skip
  fi;
  if
  :: v == 0 -> assert(n0 == 0); goto done
  :: else
  fi;
  s = stamp[C(v)];
  if :: s != 2*v -> goto retry :: else fi;
  a = wa[C(v)];
  b = wb[C(v)];
#ifndef NORECHECK
  if :: stamp[C(v)] != 2*v -> goto retry :: else fi;
#endif
  assert(a == v && b == v);                    /* whole, and of that version */
  assert(v >= known && v >= n0);               /* never back, and not older than what was there when the read began */
  known = v;
  goto done;
retry:
  atomic { tries++; v = known; s = 0; a = 0; b = 0; looks = 0 }
  if :: tries < 2 -> goto newestof :: else fi;
done:
  atomic { v = 0; s = 0; a = 0; b = 0; looks = 0; tries = 0; n0 = 0 }
  if :: goto again :: goto again0 :: skip fi;
  goto out;
again0: known = 0; goto again;                 /* a newcomer */
out: skip
}

active proctype Crasher() {
  byte i;
  do :: i < W && deaths < PC -> if :: atomic { kill[i] = 1; deaths++ } :: skip fi; i++
     :: else -> break od
}

/* When nobody writes any more, the newest complete version is there, whole. */
active proctype Mon() {
  timeout -> d_step { assert(newest == 0 || stamp[C(newest)] == 2*newest);
    assert(newest == 0 || (wa[C(newest)] == newest && wb[C(newest)] == newest));
#ifndef SKIPODD
    assert(latest == newest || latest+1 == newest);    /* without that switch it is the value itself that must be missing */
#endif
  }
}
init { byte i; atomic { do :: i < W -> run Writer(i); i++ :: else -> break od; i = 0; run Reader() } }
