#!/usr/bin/env bash
# Checks every model as it is meant (no error may be found) and with each of its rules switched off (an error must be found).
# Needs spin and a C compiler (Debian: apt-get install spin gcc). Run by `mvn verify -Pmodels`. About six minutes, 5 GB of memory.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
command -v spin >/dev/null && command -v gcc >/dev/null || { echo "check.sh: spin and gcc are needed (Debian: apt-get install spin gcc)" >&2; exit 2; }
failed=0

check() { # expected errors: none|some, model, options...
    local expected=$1 model=$2 dir found
    shift 2
    dir=$(mktemp -d)
    (cd "$dir" && spin "$@" -a "$here/$model.pml" >spin.out && gcc -O2 -w -DSAFETY -DCOLLAPSE -DVECTORSZ=2048 -DMEMLIM=6000 -o pan pan.c \
        && ./pan -E -m200000 >pan.out)
    found=unknown # neither an error nor the end of the search
    if grep -q 'errors: [1-9]' "$dir/pan.out"; then
        found=some
    elif grep -q 'errors: 0' "$dir/pan.out" && ! grep -Eq 'max search depth too small|out of memory|Search not completed' "$dir/pan.out"; then
        found=none
    fi
    printf '%-5s errors %-7s (%s states)  %s %s\n' "$([ $found = $expected ] && echo ok || echo WRONG)" $found \
        "$(sed -n 's/ *\([0-9]*\) states, stored.*/\1/p' "$dir/pan.out")" "$model" "$*"
    [ $found = "$expected" ] || failed=1
    rm -rf "$dir"
}

check none spsc -DK=4
check none spsc -DK=3 -DPC=2
check none spsc -DK=3 -DCC=2
for off in WALKHINT PARITY NOVALID CELLHEAD NOPLUS8 ZEROLATE PADPUB KEEPZERO; do check some spsc -DK=3 -D$off; done
check none mpsc -DK=1 -DPC=1 -DCC=0
check none mpsc -DK=1 -DPC=1 -DCC=1
for off in HEADAFTER HINTONLY; do check some mpsc -DK=2 -DPC=1 -DCC=0 -D$off; done
check some mpsc -DK=2 -DPC=0 -DCC=1 -DNOREPEAT
check some mpsc -DK=2 -DPC=0 -DCC=0 -DSHORT -DSHORTBAD
check some mpsc -DK=3 -DPC=0 -DCC=0 -DADV -DSAMEEMPTY
check some mpsc -DK=1 -DPC=0 -DCC=1 -DEFIRST
check some mpsc -DK=2 -DPC=0 -DCC=0 -DINIT=3 -DADV -DNORECHECK
check some mpsc -DK=2 -DPC=1 -DCC=0 -DINIT=3 -DADV -DPADALL
check none broadcast
for off in INTENTLATE SUCCLOW NOZERO ZEROOUT NOVALID EMPTYBELIEVED GATEBLIND GATEJOIN; do check some broadcast -D$off; done
check none ends
check none ends -DPC=2
for off in NOJOURNAL STATEFIRST AFIRST LOOKFIRST ERAFIRST NOLOOK CLEANFIRST; do check some ends -D$off; done
check none seqlock -DN=2 -DK=4
check none seqlock -DN=4 -DK=5 -DPC=1
for off in NOODD EARLYEVEN NORECHECK SKIPODD NOLOOK TAKEALIVE ANNOUNCEFIRST; do check some seqlock -DK=4 -D$off; done
check none waiting -DNS=2 -DNW=2 -DM=1
check none waiting -DNS=1 -DNW=2 -DM=2 -DWC=1
check none waiting -DNS=2 -DNW=1 -DM=2 -DWC=1 -DTAKE
check none waiting -DNS=2 -DNW=1 -DM=2 -DWC=1 -DSC=1
for off in NOWAKERFENCE NOSLEEPERFENCE NOLOOK SEQLATE NOSEQ WAKEONE; do check some waiting -DNS=2 -DNW=1 -DM=2 -D$off; done
check some waiting -DNS=1 -DNW=2 -DM=3 -DSEQPLAIN
check none frames -DK=3
for off in NOLEASES NOGEN FEWER KEEPWRITING; do check some frames -DK=3 -D$off; done
exit $failed
