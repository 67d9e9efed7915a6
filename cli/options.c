/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum kind {
	TEXT,
	FLAG
};

/* One row an option; offset is the member of struct ward_options. */
static const struct row {
	const char *name, *argument;
	enum kind kind;
	unsigned int bit; /* 0: every verb takes it */
	size_t offset;
	const char *help;
} rows[] = {
	{ "plan", "ID", TEXT, WARD_OPT_PLAN,
	    offsetof(struct ward_options, plan),
	    N_("judge by this plan (else the one that acctward.conf names)") },
	{ "root", "DIR", TEXT, WARD_OPT_ROOT,
	    offsetof(struct ward_options, root),
	    N_("look at the host below this directory instead of this host") },
	{ "facts", "FILE...", TEXT, WARD_OPT_FACTS,
	    offsetof(struct ward_options, facts),
	    N_("judge snapshots of `acctward collect` (-: standard input)") },
	{ "as-of", "TIME", TEXT, WARD_OPT_AS_OF,
	    offsetof(struct ward_options, as_of),
	    N_("judge for this moment (2026-11-20, 2026-11-20T10:00:00+08:00)") },
	{ "rule", "GLOB", TEXT, WARD_OPT_RULE,
	    offsetof(struct ward_options, rule),
	    N_("judge by these rules only ('password.*')") },
	{ "user", "NAME", TEXT, WARD_OPT_USER,
	    offsetof(struct ward_options, user),
	    N_("look at this account only") },
	{ "user", "NAME", TEXT, WARD_OPT_WHOSE,
	    offsetof(struct ward_options, user),
	    N_("this account is to have the password") },
	{ "reset", NULL, FLAG, WARD_OPT_RESET,
	    offsetof(struct ward_options, reset),
	    N_("an administrator sets it, as a temporary one") },
	{ "count", "N", TEXT, WARD_OPT_COUNT,
	    offsetof(struct ward_options, count),
	    N_("make so many, 1 to 100 (else one)") },
	{ "words", "FILE", TEXT, WARD_OPT_WORDS,
	    offsetof(struct ward_options, words),
	    N_("the words guessed first, instead of those shipped") },
	{ "dictionary", "PATH", TEXT, WARD_OPT_WORDS,
	    offsetof(struct ward_options, dictionary),
	    N_("cracklib's dictionary, without .pwd (else the system's)") },
	{ "all", NULL, FLAG, WARD_OPT_ALL, offsetof(struct ward_options, all),
	    N_("show what passed as well") },
	{ "all", NULL, FLAG, WARD_OPT_EVERY, offsetof(struct ward_options, all),
	    N_("every account of which anything is recorded") },
	{ "try-words", NULL, FLAG, WARD_OPT_TRY_WORDS,
	    offsetof(struct ward_options, try_words),
	    N_("try the most usual passwords on each hash; it takes long") },
	{ "keep", NULL, FLAG, WARD_OPT_KEEP,
	    offsetof(struct ward_options, keep),
	    N_("keep the list for the log-in door, which goes by it") },
	{ "replace", NULL, FLAG, WARD_OPT_KEEP,
	    offsetof(struct ward_options, replace),
	    N_("with --keep: no more than was found now, complete or not") },
	{ "format", "NAME", TEXT, WARD_OPT_FORMAT,
	    offsetof(struct ward_options, format),
	    N_("text (the default), json; of some also jsonl, csv") },
	{ "output", "FILE", TEXT, WARD_OPT_OUTPUT,
	    offsetof(struct ward_options, output),
	    N_("write to this file, whole or not at all, mode 0600") },
	{ "lang", "en|zh_TW", TEXT, WARD_OPT_LANG,
	    offsetof(struct ward_options, language),
	    N_("the language of the report (else as the environment asks)") },
	{ "bom", NULL, FLAG, WARD_OPT_BOM, offsetof(struct ward_options, bom),
	    N_("begin csv with a byte order mark, as Excel needs it") },
	{ "no-color", NULL, FLAG, WARD_OPT_NO_COLOR,
	    offsetof(struct ward_options, no_color),
	    N_("no colour on a terminal either") },
	{ "config", "FILE", TEXT, WARD_OPT_CONFIG,
	    offsetof(struct ward_options, config),
	    N_("the agency's settings, instead of /etc/acctward/acctward.conf") },
	{ "plans", "DIR", TEXT, WARD_OPT_PLANS,
	    offsetof(struct ward_options, plans),
	    N_("the shipped plans lie here") },
	{ "quiet", NULL, FLAG, WARD_OPT_QUIET,
	    offsetof(struct ward_options, quiet),
	    N_("-q: no progress line on a terminal; of a reset, errors only") },
	{ "help", NULL, FLAG, 0, offsetof(struct ward_options, help),
	    N_("show this") },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct row *
find_row(const char *name)
{
	const struct row *row = rows;

	while (strcmp(row->name, name) != 0) {
		row++;
	}
	return row;
}

/* Of rows with one name, that of the command. */
static const struct row *
choose_row(const struct ward_command *command, const struct row *row)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].name, row->name) == 0 &&
		    (command->options & rows[i].bit) != 0) {
			return &rows[i];
		}
	}
	return row;
}

static void
set_option(struct ward_options *options, const struct row *row,
    const char *argument)
{
	char *member = (char *)options + row->offset;

	if (row->kind == FLAG) {
		*(bool *)(void *)member = true;
	} else {
		*(const char **)(void *)member = argument;
	}
}

static bool
is_given(const struct ward_options *options, const struct row *row)
{
	const char *member = (const char *)options + row->offset;

	return row->kind == TEXT &&
	    *(const char *const *)(const void *)member != NULL;
}

/* What can be judged before anything is read. */
static bool
check_values(const struct ward_options *options)
{
	enum ward_language language;
	struct ward_moment moment;

	if (options->as_of != NULL &&
	    ward_moment_parse(options->as_of, 0, &moment) != 0) {
		(void)ward_say_usage("--as-of: '%s' is not a time as "
				     "2026-11-20 or 2026-11-20T10:00:00+08:00",
		    options->as_of);
		return false;
	}
	if (options->language != NULL &&
	    !ward_language_find(options->language, &language)) {
		(void)ward_say_usage("--lang: '%s' is none of: en zh_TW",
		    options->language);
		return false;
	}
	return true;
}

/* A snapshot is of its own host and moment, and only snapshots are files that
 * stand behind the options. */
static bool
check_facts(const struct ward_command *command,
    const struct ward_options *options)
{
	if ((command->options & WARD_OPT_FACTS) == 0) {
		return true;
	}
	if (options->facts == NULL) {
		if (options->argc > 0 && *command->arguments == '\0') {
			(void)ward_say_usage("%s: `acctward %s` takes options "
					     "only; files stand behind --facts",
			    options->argv[0], command->name);
		}
		return options->argc == 0 || *command->arguments != '\0';
	}
	if (options->root != NULL || options->as_of != NULL ||
	    options->try_words || options->keep) {
		(void)ward_say_usage("--%s: not with --facts, which holds for "
				     "the host and moment of the snapshot",
		    options->root != NULL      ? "root" :
			options->as_of != NULL ? "as-of" :
			options->try_words     ? "try-words" :
						 "keep");
		return false;
	}
	return true;
}

/* What is kept is what the door goes by from now on. */
static bool
check_keep(const struct ward_options *options)
{
	if (options->keep && options->as_of != NULL) {
		(void)ward_say_usage("--keep: not with --as-of: who is "
				     "privileged is kept as it is now");
		return false;
	}
	if (options->replace && !options->keep) {
		(void)ward_say_usage("--replace: with --keep only");
		return false;
	}
	return true;
}

/* An option as getopt_long(3) found it; false: the error has been told. */
static bool
take_option(const struct ward_command *command, int found,
    const struct row *row, const char *given, struct ward_options *options)
{
	char letter[3] = { '-', (char)optopt, '\0' };

	if (found == ':') {
		(void)ward_say_usage("%s: needs a value", given);
		return false;
	}
	if (found == '?' && (command->options & WARD_OPT_HUSH) != 0) {
		(void)ward_say_usage("there is an option that `acctward %s` "
				     "does not have",
		    command->name);
		return false;
	}
	if (found == '?') {
		(void)ward_say_usage("%s: no option of `acctward %s`",
		    optopt != 0 ? letter : given, command->name);
		return false;
	}
	if (row->bit != 0 && (command->options & row->bit) == 0) {
		(void)ward_say_usage("--%s: no option of `acctward %s`",
		    row->name, command->name);
		return false;
	}
	if (is_given(options, row)) {
		(void)ward_say_usage("--%s: given twice", row->name);
		return false;
	}
	if (row->kind == TEXT && *optarg == '\0') {
		(void)ward_say_usage("--%s: needs a value", row->name);
		return false;
	}
	set_option(options, row, optarg);
	return true;
}

static bool
check_count(const struct ward_command *command,
    const struct ward_options *options)
{
	if (options->argc >= command->least && options->argc <= command->most) {
		return true;
	}
	if (*command->arguments == '\0') {
		(void)ward_say_usage("`acctward %s` takes options only",
		    command->name);
		return false;
	}
	(void)ward_say_usage(options->argc < command->least ?
		"`acctward %s` needs %s" :
		N_("`acctward %s` takes %s only"),
	    command->name, command->arguments);
	return false;
}

bool
ward_options_parse(const struct ward_command *command, int argc, char **argv,
    struct ward_options *ret_options)
{
	struct option table[ROWS + 1] = { 0 };
	struct ward_options options = { .format = NULL };
	int found, index = 0;

	for (size_t i = 0; i < ROWS; i++) {
		table[i].name = rows[i].name;
		table[i].has_arg = rows[i].kind == TEXT ? required_argument :
							  no_argument;
	}
	opterr = 0;
	optind = 1;
	while ((found = getopt_long(argc, argv, ":q", table, &index)) != -1) {
		const struct row *row = found == 'q' ? find_row("quiet") :
						       &rows[index];

		row = choose_row(command, row);
		if (!take_option(command, found, row, argv[optind - 1],
			&options)) {
			return false;
		}
	}
	options.argc = argc - optind;
	options.argv = argv + optind;
	if (!options.help &&
	    (!check_facts(command, &options) || !check_keep(&options) ||
		!check_count(command, &options))) {
		return false;
	}
	if (!check_values(&options)) {
		return false;
	}
	*ret_options = options;
	return true;
}

enum ward_language
ward_language(const struct ward_options *options)
{
	/* As setlocale(3) has it: the first of them that is set decides. */
	static const char *const variables[] = { "LC_ALL", "LC_MESSAGES",
		"LANG" };
	enum ward_language language = WARD_ENGLISH;

	if (options->language != NULL) {
		(void)ward_language_find(options->language, &language);
		return language;
	}
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		const char *value = getenv(variables[i]);

		if (value != NULL && *value != '\0') {
			(void)ward_language_find(value, &language);
			break;
		}
	}
	return language;
}

enum ward_language
ward_language_asked(int argc, char **argv)
{
	struct ward_options options = { .language = NULL };
	enum ward_language language;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *value = strcmp(argv[i], "--lang") == 0 ?
		    argv[i + 1] :
		    strncmp(argv[i], "--lang=", 7) == 0 ? argv[i] + 7 :
							  NULL;

		if (value != NULL && ward_language_find(value, &language)) {
			options.language = value;
		}
	}
	return ward_language(&options);
}

void
ward_usage(FILE *stream, enum ward_language language)
{
	(void)fprintf(stream,
	    ward_text(language,
		"acctward %s: a host's accounts against its agency's security "
		"plan\n\nusage: acctward COMMAND [OPTION]...\n\n"),
	    WARD_VERSION);
	for (size_t i = 0; i < ward_command_count; i++) {
		(void)fprintf(stream, "  %-16s%-7s %s\n", ward_commands[i].name,
		    ward_commands[i].arguments,
		    ward_text(language, ward_commands[i].about));
	}
	(void)fputs(ward_text(language,
			"\n`acctward COMMAND --help` shows its options. Exit "
			"status: 0 compliant, 2 not\ncompliant or not proven, "
			"1 could not do the job, 64 wrong usage.\n"),
	    stream);
}

void
ward_command_usage(FILE *stream, const struct ward_command *command,
    enum ward_language language)
{
	(void)fprintf(stream,
	    ward_text(language, "usage: acctward %s%s%s%s\n\n%s\n\n"),
	    command->name,
	    command->options != 0 ? ward_text(language, " [OPTION]...") : "",
	    *command->arguments ? " " : "", command->arguments,
	    ward_text(language, command->about));
	for (size_t i = 0; i < ROWS; i++) {
		char name[32];

		if (rows[i].bit != 0 && (command->options & rows[i].bit) == 0) {
			continue;
		}
		(void)snprintf(name, sizeof(name), "--%s%s%s", rows[i].name,
		    rows[i].argument != NULL ? " " : "",
		    rows[i].argument != NULL ? rows[i].argument : "");
		(void)fprintf(stream, "  %-15s %s\n", name,
		    ward_text(language, rows[i].help));
	}
	(void)fprintf(stream, ward_text(language, "\nexample: %s\n"),
	    command->example);
}
