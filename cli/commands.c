/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#define WHERE_PLANS (WARD_OPT_CONFIG | WARD_OPT_PLANS)
#define WHAT_HOST (WARD_OPT_ROOT | WARD_OPT_AS_OF)
#define HOW_SHOWN \
	(WARD_OPT_FORMAT | WARD_OPT_OUTPUT | WARD_OPT_NO_COLOR | WARD_OPT_LANG)

#define MANY 1000000 /* files behind --facts */

const struct ward_command ward_commands[] = {
	{ "audit", "", N_("judge every account of a host by a plan"),
	    "acctward audit --plan P-ZX --format json --output audit.json",
	    WARD_OPT_PLAN | WHAT_HOST | WARD_OPT_TRY_WORDS | HOW_SHOWN |
		WARD_OPT_ALL | WARD_OPT_BOM | WARD_OPT_RULE | WARD_OPT_USER |
		WARD_OPT_FACTS | WARD_OPT_QUIET | WHERE_PLANS,
	    0, MANY, ward_cmd_audit },
	{ "simulate", "", N_("say whom the log-in door would stop"),
	    "acctward simulate --plan P-ZX",
	    WARD_OPT_PLAN | WHAT_HOST | HOW_SHOWN | WARD_OPT_BOM |
		WARD_OPT_USER | WARD_OPT_FACTS | WARD_OPT_QUIET | WHERE_PLANS,
	    0, MANY, ward_cmd_simulate },
	{ "privileged", "", N_("list who has root, and by which way"),
	    "acctward privileged --root /mnt/image",
	    WARD_OPT_PLAN | WHAT_HOST | HOW_SHOWN | WARD_OPT_FACTS |
		WARD_OPT_QUIET | WARD_OPT_KEEP | WHERE_PLANS,
	    0, MANY, ward_cmd_privileged },
	{ "collect", "",
	    N_("keep a host's facts, to be judged later or elsewhere"),
	    "acctward collect --output web01.jsonl",
	    WARD_OPT_PLAN | WHAT_HOST | WARD_OPT_TRY_WORDS | WARD_OPT_OUTPUT |
		WARD_OPT_LANG | WARD_OPT_QUIET | WHERE_PLANS,
	    0, 0, ward_cmd_collect },
	{ "explain", "[RULE]",
	    N_("say what a rule asks, or all of one account"),
	    "acctward explain --user wang01",
	    WARD_OPT_PLAN | WHAT_HOST | HOW_SHOWN | WARD_OPT_USER |
		WARD_OPT_FACTS | WARD_OPT_QUIET | WHERE_PLANS,
	    0, 1, ward_cmd_explain },
	{ "lockout list", "", N_("list who has failed log-ins that count"),
	    "acctward lockout list --format csv --output failed.csv",
	    WARD_OPT_PLAN | WARD_OPT_ROOT | HOW_SHOWN | WARD_OPT_BOM |
		WARD_OPT_EVERY | WARD_OPT_QUIET | WHERE_PLANS,
	    0, 0, ward_cmd_lockout_list },
	{ "lockout show", "NAME", N_("show an account's failed log-ins"),
	    "acctward lockout show wang01",
	    WARD_OPT_PLAN | WARD_OPT_ROOT | HOW_SHOWN | WARD_OPT_QUIET |
		WHERE_PLANS,
	    1, 1, ward_cmd_lockout_show },
	{ "lockout reset", "NAME...",
	    N_("forget an account's failed log-ins, and unlock it"),
	    "acctward lockout reset wang01",
	    WARD_OPT_PLAN | WARD_OPT_ROOT | WARD_OPT_LANG | WARD_OPT_EVERY |
		WARD_OPT_QUIET | WHERE_PLANS,
	    0, MANY, ward_cmd_lockout_reset },
	{ "password check", "",
	    N_("say whether a password can be set, rule by rule"),
	    "acctward password check --user wang01",
	    WARD_OPT_PLAN | WARD_OPT_ROOT | HOW_SHOWN | WARD_OPT_WHOSE |
		WARD_OPT_RESET | WARD_OPT_WORDS | WARD_OPT_HUSH | WHERE_PLANS,
	    0, 0, ward_cmd_password_check },
	{ "password suggest", "", N_("make a password that the plan lets pass"),
	    "acctward password suggest --count 5",
	    WARD_OPT_PLAN | WARD_OPT_ROOT | WARD_OPT_LANG | WARD_OPT_WHOSE |
		WARD_OPT_WORDS | WARD_OPT_COUNT | WARD_OPT_HUSH | WHERE_PLANS,
	    0, 0, ward_cmd_password_suggest },
	{ "stack", "[SERVICE]", N_("prove what a host's PAM stacks enforce"),
	    "acctward stack sshd", WARD_OPT_ROOT | HOW_SHOWN, 0, 1,
	    ward_cmd_stack },
	{ "plan list", "", N_("name the plans there are"), "acctward plan list",
	    WARD_OPT_ROOT | WARD_OPT_OUTPUT | WARD_OPT_LANG | WHERE_PLANS, 0, 0,
	    ward_cmd_plan_list },
	{ "plan show", "[ID]",
	    N_("show the effective plan, with the origin of each value"),
	    "acctward plan show P-ZX",
	    WARD_OPT_ROOT | WARD_OPT_OUTPUT | WARD_OPT_LANG | WHERE_PLANS, 0, 1,
	    ward_cmd_plan_show },
	{ "plan coverage", "[ID]",
	    N_("show what becomes of each clause of a plan"),
	    "acctward plan coverage P-ZX --lang zh_TW",
	    WARD_OPT_ROOT | HOW_SHOWN | WARD_OPT_BOM | WHERE_PLANS, 0, 1,
	    ward_cmd_plan_coverage },
	{ "plan check", "FILE", N_("check a plan file"),
	    "acctward plan check draft.conf", WARD_OPT_LANG, 1, 1,
	    ward_cmd_plan_check },
};

const size_t ward_command_count = sizeof(ward_commands) /
    sizeof(ward_commands[0]);
