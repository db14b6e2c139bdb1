#!/bin/bash
# On a bare host, while another one is up with the same script: a unit of the same name holds its own process and no other.
# /carry is both hosts'. Word: this host's name.
set -eu
systemd-run --quiet --unit=same sleep 60
touch "/carry/$1.up"
for _ in $(seq 300); do
    [ "$(find /carry -name '*.up' | wc -l)" -lt 2 ] || break
    sleep 0.1
done
echo "== up"
find /carry -name '*.up' | wc -l
echo "== held"
cat /sys/fs/cgroup/system.slice/same.service/cgroup.procs
echo "== own"
systemctl show --property=MainPID --value same.service
touch "/carry/$1.seen"
for _ in $(seq 300); do
    [ "$(find /carry -name '*.seen' | wc -l)" -lt 2 ] || break
    sleep 0.1
done
