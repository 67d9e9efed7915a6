# SPDX-License-Identifier: BSD-2-Clause
# Words for the first column of the tables: what an administrator does on the
# host. Run inside the root, with AS_OF set to the moment judged for.
# shellcheck shell=bash
set -eu
trap 'echo "row $row: $BASH_COMMAND" >&2' ERR
export TZ=UTC
row=0

# The date so many days before the moment judged for, in UTC.
day() {
    date -u -d "$(date -u -d "$AS_OF" +%F) $1 days ago" +%F
}

# Somebody with a password, set ten days ago, that has to be changed in time.
person() { # name, [option of useradd]...
    local name=$1
    shift
    useradd -m -s /bin/bash "$@" "$name"
    echo "$name:$name-7-Pass" | chpasswd
    chage -d "$(day 10)" -M 90 "$name"
}

# Nobody logs in to it.
service() {
    useradd -r -s /usr/sbin/nologin "$@"
}

# A login key whose comment says whose it is.
key() { # account, comment
    local home
    home=$(getent passwd "$1" | cut -d : -f 6)
    rm -f /tmp/key /tmp/key.pub
    ssh-keygen -q -t ed25519 -N '' -C "$2" -f /tmp/key
    install -d -m 700 -o "$1" "$home/.ssh"
    cat /tmp/key.pub >> "$home/.ssh/authorized_keys"
    chmod 600 "$home/.ssh/authorized_keys"
    chown "$1" "$home/.ssh/authorized_keys"
}

# A file of sudo rules that sudo itself takes.
sudo_file() { # name, line...
    local file=/etc/sudoers.d/$1
    shift
    printf '%s\n' "$@" > "$file"
    chmod 440 "$file"
    visudo -cqf "$file"
}

# The rules of doas, as it takes them itself.
doas_file() { # line...
    printf '%s\n' "$@" > /etc/doas.conf
    chmod 400 /etc/doas.conf
    doas -C /etc/doas.conf
}

# A line by hand, with printf's escapes.
line() { # file, text
    # shellcheck disable=SC2059 # that is its point
    printf "$2\n" >> "$1"
}

# The agency's own settings.
agency() { # line...
    mkdir -p /etc/acctward
    printf '%s\n' "$@" > /etc/acctward/acctward.conf
}

# Real log-ins, each on a terminal of its own, with the password of person().
log_in_ssh() { # name
    ip link set lo up
    mkdir -p /run/sshd
    /usr/sbin/sshd -p 2222 -o ListenAddress=127.0.0.1
    talk "$1" ssh -tt -p 2222 -o StrictHostKeyChecking=no \
        -o UserKnownHostsFile=/dev/null -o NumberOfPasswordPrompts=1 \
        "$1@127.0.0.1"
}

log_in_console() { # name
    talk "$1" login "$1"
}

# Wrong passwords at one prompt, each under the next of these names.
fail_to_log_in() { # name...
    expect /e2e/fail.exp "$@"
}

talk() { # name, program...
    local name=$1
    shift
    expect /e2e/talk.exp "$name-7-Pass" "$@"
}
