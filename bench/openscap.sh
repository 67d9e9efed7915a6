#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# OpenSCAP's account rules on the host's files, in one run. The package
# ssg-debian holds nothing that is applicable to Debian 12, and only a few of
# these rules; so the definitions are those for Ubuntu 22.04, of the package
# ssg-debderived, called by a benchmark of our own, which asks for no platform.
# What they look at are the same files, in the same way.
#
#   openscap.sh DIR     to work in, and removed by who calls
#
# Exit: 0 each rule passed or failed; 127 not installed; 3 a rule did not run.
set -eu

content=/usr/share/xml/scap/ssg/content/ssg-ubuntu2204-oval.xml
rules='account_unique_name no_duplicate_uids accounts_no_uid_except_zero
    accounts_root_gid_zero accounts_password_all_shadowed
    accounts_password_all_shadowed_sha512
    accounts_password_set_max_life_existing
    accounts_password_set_min_life_existing gid_passwd_group_same
    no_empty_passwords_etc_shadow no_shelllogin_for_systemaccounts
    accounts_user_interactive_home_directory_exists'
name=xccdf_acctward.bench

if ! command -v oscap > /dev/null || ! [ -e "$content" ]; then
    exit 127
fi

age() { # maximum or minimum, days
    echo "<Value id='${name}_value_$1' type='number'><title>$1</title>
        <value>$2</value></Value>"
}

rule() { # its name
    echo "<Rule id='${name}_rule_$1' selected='true'><title>$1</title>
        <check system='http://oval.mitre.org/XMLSchema/oval-definitions-5'>"
    for age in maximum minimum; do
        echo "<check-export value-id='${name}_value_$age'
            export-name='oval:ssg-var_accounts_${age}_age_login_defs:var:1'/>"
    done
    echo "<check-content-ref href='${content##*/}'
        name='oval:ssg-$1:def:1'/></check></Rule>"
}

cd "$1"
ln -sf "$content" .
{
    echo "<Benchmark xmlns='http://checklists.nist.gov/xccdf/1.2'
        id='${name}_benchmark_accounts'>
        <status>draft</status><version>1</version>"
    age maximum 90
    age minimum 1
    for rule in $rules; do
        rule "$rule"
    done
    echo '</Benchmark>'
} > accounts.xml
oscap xccdf eval accounts.xml > results || [ $? -eq 2 ]
# shellcheck disable=SC2086 # words
set -- $rules
[ "$(grep -cE '^Result.*(pass|fail)$' results)" -eq $# ] || exit 3
