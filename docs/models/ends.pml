/* How the ends of a flow are told: counts of participants under a redo journal, and what a consumer concludes from them.
   protocols: register / leave / clean under the repair lock (ParticipantTable, Participants), poll's end (PeerWatch).
   NP producers, one life each, 0..1 message, that close or are killed; one consumer that may be killed and comes again.
   The role is exclusive: only one producer holds its lock at a time.
   Switches, each of which must show an error:
     NOJOURNAL  counts are incremented beside the state        STATEFIRST  the same, state before count
     AFIRST     attached is read before closed and died        LOOKFIRST   the ring is looked at before the counts only
     ERAFIRST   the new era is stored before the count           NOLOOK      nobody takes the repair lock because of a journal alone
     CLEANFIRST the dead are cleaned before the role's lock is had, so that a death can fall into the successor's era */
#ifndef NP
#define NP 2
#endif
#ifndef PC
#define PC 1
#endif
#ifndef CC
#define CC 1
#endif
#ifdef NOLOOK
#define JOURNAL_UP 0
#else
#define JOURNAL_UP (js>0)
#endif
byte att, clo, die, era;
byte st[NP]; bool lock[NP]; byte rep; byte role;   /* rep, role: owner + 1; the kernel lets both go at death */
byte jk, jv, js, jst, je;                          /* journal: kind 1 att 2 clo 3 die, value, slot + 1 = valid, state, era */
byte msgs, del; bool fin[NP]; bool pcr[NP]; bool ccr; byte npc, ncc; bool last;
bool gdied;                                        /* ghost: the last to hold the role, died */

inline apply() {
    if :: js>0 ->
#ifdef ERAFIRST
          era=je;
#endif
          if :: jk==1 -> att=jv :: jk==2 -> clo=jv :: else -> die=jv fi;
#ifndef ERAFIRST
          era=je;
#endif
          st[js-1]=jst; js=0
       :: else fi
}
inline change(i,kind,ns) {
#ifdef NOJOURNAL
    if :: kind==1 -> att++ :: kind==2 -> clo++ :: else -> die++ fi; st[i]=ns
#else
#ifdef STATEFIRST
    st[i]=ns; if :: kind==1 -> att++ :: kind==2 -> clo++ :: else -> die++ fi
#else
    jk=kind; jv=(kind==1->att:(kind==2->clo:die))+1; jst=ns; je=((kind==1 && att-clo-die==0) -> die : era); js=i+1; apply();
#endif
#endif
}
inline take(me) { atomic { rep==0 -> rep=me+1 }; apply() }
inline clean(k) {
    k=0; do :: k<NP -> if :: st[k]==1 && !lock[k] -> change(k,3,0) :: else fi; k++ :: else -> break od; k=0
}
proctype Prod(byte i) { byte k; bool r;
  {
    k=0;
again:
    take(i);
#ifdef CLEANFIRST
    clean(k);
#endif
    atomic { if :: role==0 -> role=i+1; r=1 :: else -> r=0; rep=0 fi };
    if :: !r -> atomic { role==0 -> goto again } :: else fi;
#ifndef CLEANFIRST
    clean(k);
#endif
    lock[i]=1; change(i,1,1); atomic { gdied=0; rep=0 };
    if :: msgs++ :: skip fi;
    take(i); change(i,2,0); atomic { lock[i]=0; role=0; rep=0; fin[i]=1 }
  } unless { pcr[i] };
  if :: pcr[i] -> atomic { pcr[i]=0;
          if :: (st[i]==1 || (js==i+1 && jk==1)) && !(js==i+1 && jk==2) -> gdied=1 :: else fi;
          if :: rep==i+1 -> rep=0 :: else fi; if :: role==i+1 -> role=0 :: else fi; lock[i]=0; fin[i]=1 }
     :: else fi
}
proctype Cons() {
  byte a, c, d, e, k, n;
at: {
    do ::
      if :: ((st[0]==1 && !lock[0]) || (st[1]==1 && !lock[1]) || JOURNAL_UP) ->
            if :: atomic { rep==0 -> rep=10 }; apply(); clean(k); rep=0 :: rep>0 -> skip fi     /* others have it: leave it to them */
         :: else
      fi;
#ifdef LOOKFIRST
      if :: atomic { del<msgs -> del++; goto nx } :: atomic { del>=msgs -> skip } fi;
#endif
#ifdef AFIRST
      a = att; c = clo; d = die; e = era;
#else
      c = clo; d = die; e = era; a = att;
#endif
#ifndef LOOKFIRST
      if :: atomic { del<msgs -> del++; goto nx } :: atomic { del>=msgs -> skip } fi;
#endif
      assert(c+d<=a);
      if
      :: a>0 && a==c+d -> atomic { assert(del>=msgs || att!=a || js>0);    /* everything sent was seen, unless a new one came */
           if :: att==a && clo==c && die==d && js==0 && fin[0] && fin[1] -> assert((d>e)==gdied) :: else fi;
           if :: clo==0 -> assert(d>e) :: else fi;                       /* nobody ever left in order: it was a death */
           last=1 }
      :: else -> last=0
      fi;
nx:   a=0; c=0; d=0; e=0;
      if :: fin[0]&&fin[1]&&rep==0&&att>0 -> n++; assert(n<6 || last) :: else fi;    /* when all is quiet, the end is told */
      if :: fin[0]&&fin[1] && last && del==msgs -> break :: else fi
    od
  } unless { ccr };
  if :: ccr -> atomic { ccr=0; if :: rep==10 -> rep=0 :: else fi; a=0; c=0; d=0; e=0; k=0; n=0; last=0 } goto at
     :: else fi
}
active proctype Crasher() { do
  :: atomic { npc<PC && !fin[0] -> pcr[0]=1; npc++ } :: atomic { npc<PC && !fin[1] -> pcr[1]=1; npc++ }
  :: atomic { ncc<CC && !ccr -> ccr=1; ncc++ } :: npc>=PC&&ncc>=CC -> break od }
active proctype Mon() { atomic { fin[0]&&fin[1]&&rep==0&&st[0]==0&&st[1]==0&&js==0&&!ccr -> assert(att==clo+die) } }
init { atomic { run Cons(); run Prod(0); run Prod(1) } }
