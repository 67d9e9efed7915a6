#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Run a command inside a root, with its own /dev, /proc, ptys and /run, none of
# which is seen outside or left behind. To be run by `unshare -m -p -f -u`;
# with `-n` as well there is a loopback of its own.
#
#   enter.sh ROOT COMMAND...
set -eu

root=$1
shift
mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for node in null zero full random urandom tty; do
    : > "$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
done
mkdir "$root/dev/pts"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts \
    "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
hostname e2e
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HOME=/root TZ=Asia/Taipei AS_OF="${AS_OF-}" TERM=dumb \
    chroot "$root" "$@"
