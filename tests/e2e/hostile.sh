# SPDX-License-Identifier: BSD-2-Clause
# Roots made by somebody who wants the audit to read, or to wait for, what is
# not theirs. Each is audited from outside, with every file that is opened
# watched. Sourced by run.sh.
# shellcheck shell=sh

# A small root, audited for nothing wrong: each case spoils it in one way.
small_root() {
    rm -rf "$work/hostile"
    root=$work/hostile/root
    outside=$work/hostile/outside
    mkdir -p "$root/etc/sudoers.d" "$root/etc/pam.d" "$root/root" "$root/home/wang" \
        "$root/var/log" "$outside"
    {
        echo 'root:x:0:0:root:/root:/bin/bash'
        echo 'wang:x:1000:1000::/home/wang:/bin/bash'
    } > "$root/etc/passwd"
    {
        echo 'root:*:20000:0:90:7:::'
        echo 'wang:*:20000:0:90:7:::'
    } > "$root/etc/shadow"
    printf 'root:x:0:\nwang:x:1000:\n' > "$root/etc/group"
    printf 'root:*::\nwang:!::\n' > "$root/etc/gshadow"
    echo 'root ALL=(ALL:ALL) ALL' > "$root/etc/sudoers"
    echo /bin/bash > "$root/etc/shells"
    echo hostile > "$root/etc/hostname"
    echo '# nobody gets in' > "$root/etc/pam.d/other"
    # What lies outside would each show as a finding or as a privilege.
    {
        cat "$root/etc/passwd"
        echo 'leaked:x:0:0::/:/bin/bash'
    } > "$outside/passwd"
    echo 'wang::20000:0:90:7:::' > "$outside/shadow"
    echo 'docker:x:999:wang' > "$outside/group"
    echo 'wang ALL=(ALL) /usr/bin/vi' > "$outside/sudoers"
    mkdir "$outside/dir" "$outside/.ssh" "$outside/acctward" "$outside/pam.d"
    echo 'auth sufficient pam_permit.so' > "$outside/pam.d/leaked"
    echo 'wang ALL=(ALL) /usr/bin/vi' > "$outside/dir/rule"
    echo "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI$(printf %043d 0) leaked@outside" \
        > "$outside/.ssh/authorized_keys"
    printf '[acctward]\nplan = K-CIV\n' > "$outside/acctward/acctward.conf"
    sed 's/^id = .*/id = OURS/' "$plans/P-ZX.conf" > "$outside/acctward/OURS.conf"
    chmod 440 "$root/etc/sudoers" "$outside/sudoers" "$outside/dir/rule"
}

# What the program and its helper may open outside of the root: themselves,
# their libraries, the shipped plans, the clock's zone, sudo's own settings.
allowed() {
    grep -v -E \
        -e "^($root|$plans|$top/$OUT)(/|\$)" \
        -e '^/(usr/)?lib(64|32)?/' \
        -e '^/usr/(local/lib|libexec/sudo)/' \
        -e '^/etc/(ld\.so\.(cache|preload)|localtime|nsswitch\.conf)$' \
        -e '^/etc/(sudo|cvtsudoers)\.conf$' \
        -e '^/usr/share/(zoneinfo|locale)/' \
        -e '^/dev/(null|urandom)$' \
        -e '^/proc/sys/kernel/cap_last_cap$' \
        -e '^(pipe|socket|anon_inode):' || true
}

# Audit $root. What was opened goes to $work/opened, by its real path.
watch() { # verb and options
    status=0
    # shellcheck disable=SC2086
    timeout 20 strace -f -y -qq -e trace=open,openat,openat2,execve \
        -o "$work/trace" "$tool" $1 --root "$root" --format json \
        > "$work/out" 2> "$work/err" < /dev/null || status=$?
    # "openat(3</a>, "b", O_RDONLY) = 4</a/b>"
    sed -n 's/^.* = [0-9]*<\(.*\)>$/\1/p' "$work/trace" | sort -u \
        > "$work/opened"
}

# Audit and list the privileged; neither reads a byte from outside.
hostile_case() { # title, expected status of the audit (or "any")
    watch "audit --plan P-ZX"
    cp "$work/opened" "$work/all"
    cp "$work/out" "$work/audit"
    audit_status=$status audit_err=$(head -c 300 "$work/err")
    watch "privileged --plan P-ZX"
    cat "$work/opened" >> "$work/all"
    allowed < "$work/all" > "$work/foreign"
    verdict=
    if [ "$2" != any ] && [ "$audit_status" != "$2" ]; then
        verdict="exit status $audit_status, not $2: $audit_err"
    elif [ "$audit_status" -gt 2 ] || [ "$status" -gt 2 ]; then
        verdict="exit status $audit_status and $status: $audit_err"
    elif [ -s "$work/foreign" ]; then
        verdict="read from outside: $(tr '\n' ' ' < "$work/foreign")"
    elif cat "$work/audit" "$work/out" | grep -q -e leaked -e '/usr/bin/vi' \
        -e '"docker"' -e required_empty; then
        verdict="what lies outside shows in the report"
    fi
    if [ -z "$verdict" ]; then
        case_ok "hostile: $1"
    else
        case_failed "hostile: $1: $verdict"
    fi
}

scenario_hostile() {
    small_root
    hostile_case "nothing is spoiled" 0
    # The watch itself sees what it should: a plan from outside is told.
    watch "audit --plan P-ZX --config $outside/acctward/acctward.conf"
    allowed < "$work/opened" > "$work/foreign"
    try "hostile: the watch tells a file from outside" \
        grep -q "^$outside/acctward/acctward.conf$" "$work/foreign"

    for file in passwd shadow group gshadow sudoers login.defs shells; do
        small_root
        rm -f "$root/etc/$file"
        mkfifo "$root/etc/$file"
        hostile_case "/etc/$file is a FIFO" any
    done
    small_root
    rm "$root/etc/passwd"
    mkfifo "$root/etc/passwd"
    hostile_case "/etc/passwd is a FIFO: could not do the job" 1
    for file in passwd shadow group sudoers; do
        small_root
        ln -sf "$outside/$file" "$root/etc/$file"
        hostile_case "/etc/$file is a link to an absolute path outside" any
        small_root
        ln -sf "../../../../../../../../../../$outside/$file" "$root/etc/$file"
        hostile_case "/etc/$file is a link that climbs out" any
        small_root
        ln -sf "/etc/$file" "$root/etc/$file"
        hostile_case "/etc/$file is a link to itself" any
    done
    small_root
    ln -sf passwd2 "$root/etc/passwd"
    ln -sf passwd "$root/etc/passwd2"
    hostile_case "links in a loop: could not do the job" 1
    small_root
    mv "$root/etc" "$root/real"
    ln -s "$outside" "$root/etc"
    hostile_case "/etc is a link to a directory outside" 1
    small_root
    mv "$root/etc" "$root/real"
    ln -s /real "$root/etc"
    hostile_case "/etc is a link to a directory inside" 0
    for file in lastlog wtmp; do
        small_root
        head -c 1000000 /dev/zero > "$outside/$file"
        ln -s "$outside/$file" "$root/var/log/$file"
        hostile_case "/var/log/$file is a link outside" any
        small_root
        mkfifo "$root/var/log/$file"
        hostile_case "/var/log/$file is a FIFO" any
    done

    small_root
    echo "@include $outside/sudoers" >> "$root/etc/sudoers"
    hostile_case "sudoers includes an absolute path that is outside" any
    small_root
    echo "@includedir $outside/dir" >> "$root/etc/sudoers"
    hostile_case "sudoers includes a directory that is outside" any
    small_root
    mkdir -p "$root$outside"
    echo 'wang ALL=(root) /usr/bin/id' > "$root$outside/sudoers"
    chmod 440 "$root$outside/sudoers"
    echo "@include $outside/sudoers" >> "$root/etc/sudoers"
    hostile_case "sudoers includes a path that is inside and outside" 0
    try "hostile: and the one inside is the one that counts" \
        grep -q '/usr/bin/id' "$work/out"
    small_root
    echo '@include ../../../../../../../../etc/sudoers' >> "$root/etc/sudoers"
    hostile_case "sudoers includes a path that climbs out" any
    small_root
    echo '@include /etc/sudoers' >> "$root/etc/sudoers"
    hostile_case "sudoers includes itself" any
    small_root
    ln -s "$outside/sudoers" "$root/etc/sudoers.d/rule"
    echo '@includedir /etc/sudoers.d' >> "$root/etc/sudoers"
    hostile_case "a link in sudoers.d leads outside" any
    small_root
    mkfifo "$root/etc/sudoers.d/rule"
    echo '@includedir /etc/sudoers.d' >> "$root/etc/sudoers"
    hostile_case "a FIFO in sudoers.d" any

    small_root
    rm -r "$root/etc/pam.d"
    ln -s "$outside/pam.d" "$root/etc/pam.d"
    hostile_case "/etc/pam.d is a link outside" any
    small_root
    ln -s "$outside/pam.d/leaked" "$root/etc/pam.d/login"
    hostile_case "a PAM service is a link outside" any
    small_root
    mkfifo "$root/etc/pam.d/login"
    hostile_case "a PAM service is a FIFO" any
    small_root
    echo "@include $outside/pam.d/leaked" > "$root/etc/pam.d/login"
    : > "$root/etc/debian_version"
    hostile_case "a PAM service includes a file outside" any
    small_root
    mkdir -p "$root/etc/security" "$root/lib/security"
    echo 'password required pam_pwquality.so' > "$root/etc/pam.d/login"
    printf '\177ELF' > "$root/lib/security/pam_pwquality.so"
    mkfifo "$root/etc/security/pwquality.conf"
    hostile_case "a PAM module's settings are a FIFO" any

    small_root
    rmdir "$root/home/wang" "$root/root"
    ln -s "$outside" "$root/home/wang"
    ln -s "$outside" "$root/root"
    hostile_case "homes are links outside" any
    small_root
    sed -i "s,:/home/wang:,:/../../../../../..$outside:," "$root/etc/passwd"
    hostile_case "the home of an account climbs out" any
    small_root
    mkdir "$root/home/wang/.ssh"
    ln -s "$outside/.ssh/authorized_keys" "$root/home/wang/.ssh/authorized_keys"
    hostile_case "authorized_keys is a link outside" any
    small_root
    mkdir "$root/home/wang/.ssh"
    mkfifo "$root/home/wang/.ssh/authorized_keys"
    hostile_case "authorized_keys is a FIFO" any

    small_root
    ln -s "$outside/acctward" "$root/etc/acctward"
    hostile_case "/etc/acctward is a link outside: as if it were not there" 0
    small_root
    mkdir "$root/etc/acctward"
    ln -s "$outside/acctward/acctward.conf" "$root/etc/acctward/acctward.conf"
    hostile_case "acctward.conf is a link outside: could not do the job" 1
    small_root
    mkdir "$root/etc/acctward"
    mkfifo "$root/etc/acctward/acctward.conf"
    hostile_case "acctward.conf is a FIFO: could not do the job" 1
    small_root
    mkdir "$root/etc/acctward"
    ln -s "$outside/acctward" "$root/etc/acctward/acctward.conf.d"
    hostile_case "acctward.conf.d is a link outside" any
    small_root
    mkdir "$root/etc/acctward"
    ln -s "$outside/acctward" "$root/etc/acctward/plans"
    hostile_case "the agency's plans are a link outside" any
    watch "audit --plan OURS"
    try "hostile: and a plan there is none" test "$status" -eq 1
    small_root
    mkdir -p "$root/etc/acctward/plans"
    ln -s "$outside/acctward/OURS.conf" "$root/etc/acctward/plans/OURS.conf"
    watch "audit --plan OURS"
    try "hostile: a plan that is a link outside is none" test "$status" -eq 1
    # Settings that lie inside, behind a link that only the root itself can
    # follow: they count, or the audit refuses; they are never just missed.
    small_root
    mkdir -p "$root/srv/acctward"
    printf '[acctward]\nplan = K-CIV\n' > "$root/srv/acctward/acctward.conf"
    ln -s /srv/acctward "$root/etc/acctward"
    watch "audit --plan P-ZX"
    settings=$status
    watch audit
    try "hostile: settings behind an absolute link are not missed" \
        told_or_refused "$settings"
    rm -rf "$work/hostile"
}

told_or_refused() { # status with a plan of the command line
    grep -q '"id": "K-CIV"' "$work/out" || [ "$1" -eq 1 ]
}
