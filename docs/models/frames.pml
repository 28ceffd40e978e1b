/* FramePool: loan, publish, give up, lease, release, and the death of the producer at any step.
   Options: K frames published (default 4), C consumers with one lease each (1 or 2).
   Switched off, one at a time: NOLEASES (a loan does not look at leases), NOGEN (a lease does not look at the generation), FEWER (one frame
   less than the sum says), KEEPWRITING (a successor does not clear). */
#ifndef K
#define K 4
#endif
#ifndef C
#define C 1
#endif
#ifdef FEWER
#define F (C + 1)
#else
#define F (C + 2)          /* leases + the newest + the one that is written */
#endif
#define HALF 255

byte gen[F]; bit writing[F]; byte leases[F]; byte content[F];
byte entryFrame[K + 1]; byte entryGen[K + 1];
byte published = 0;
bool dead = false;
byte lives = 0;
byte given = 0;

#ifdef NOLEASES
#define unleased(f) true
#else
#define unleased(f) (leases[f] == 0)
#endif
#define isNewest(f) (published > 0 && entryFrame[published - 1] == f && entryGen[published - 1] == gen[f])
#define mayLend(f) (unleased(f) && !writing[f] && !isNewest(f))

#define step(what) if :: what :: atomic { lives < 2 -> dead = true; goto died } fi

proctype Producer() {
    byte f; byte g; byte i; bool any;
    lives++;
    /* the successor: nobody else stores to a word that is being written */
#ifndef KEEPWRITING
    f = 0;
    do
    :: f < F -> writing[f] = 0; f++
    :: else -> break
    od;
#endif
    do
    :: published < K ->
        d_step { any = false; i = 0;
            do :: i < F -> any = any || mayLend(i); i++ :: else -> break od;
            i = 0 }
        assert(any);       /* a loan is never refused */
        select(f : 0 .. F - 1);
        g = gen[f];
        if
        :: atomic { mayLend(f) && gen[f] == g -> gen[f] = g + 1; writing[f] = 1 }
            step(content[f] = HALF);
            if
            :: step(content[f] = published);
                step(writing[f] = 0);
                step(entryFrame[published] = f);
                step(entryGen[published] = gen[f]);
                step(published++)
            :: given < 2 -> given++; step(writing[f] = 0)      /* given up */
            fi
        :: else -> skip
        fi
    :: else -> break
    od;
died:
    if
    :: dead -> atomic { dead = false; run Producer() }
    :: else -> skip
    fi
}

proctype Consumer(byte me) {
    byte s; byte f; byte g; byte next = 0;
    do
    :: next < published ->
        s = published - 1;
        f = entryFrame[s];
        g = entryGen[s];
        if
#ifdef NOGEN
        :: atomic { !writing[f] -> leases[f] = leases[f] | (1 << me) }
#else
        :: atomic { !writing[f] && gen[f] == g -> leases[f] = leases[f] | (1 << me) }
#endif
            assert(content[f] == s);     /* whole, and the one that was meant */
            assert(!writing[f]);
            assert(content[f] == s);     /* until its last use */
            leases[f] = leases[f] & ~(1 << me);
            next = s + 1
        :: else -> next = s + 1          /* lost, and counted */
        fi
    :: published == K && next == K -> break
    od
}

init {
    byte i = 0;
    atomic {
        run Producer();
        do :: i < C -> run Consumer(i); i++ :: else -> break od
    }
}
