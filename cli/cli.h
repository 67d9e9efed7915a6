/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward: a table of commands, one file a verb. */
#ifndef WARD_CLI_H
#define WARD_CLI_H

#include "policy/policy.h"

enum ward_exit {
	WARD_EXIT_COMPLIANT = 0,
	WARD_EXIT_ERROR = 1,         /* could not do the job */
	WARD_EXIT_NOT_COMPLIANT = 2, /* or not proven to be */
	WARD_EXIT_USAGE = 64,
};

/* Every option of every verb; a verb's row says which it takes. */
struct ward_options {
	const char *plan, *root, *as_of, *format, *output, *language;
	const char *config, *plans, *facts;
	const char *rule, *user;
	const char *words, *dictionary, *count;
	bool all, bom, no_color, quiet, try_words, keep, replace, reset, help;
	int argc; /* what stands behind the options */
	char **argv;
};

enum ward_option_bit {
	WARD_OPT_PLAN = 1 << 0,
	WARD_OPT_ROOT = 1 << 1,
	WARD_OPT_AS_OF = 1 << 2,
	WARD_OPT_FORMAT = 1 << 3,
	WARD_OPT_OUTPUT = 1 << 4,
	WARD_OPT_CONFIG = 1 << 5,
	WARD_OPT_PLANS = 1 << 6,
	WARD_OPT_ALL = 1 << 7,
	WARD_OPT_NO_COLOR = 1 << 8,
	WARD_OPT_BOM = 1 << 9,
	WARD_OPT_LANG = 1 << 10,
	WARD_OPT_FACTS = 1 << 11, /* and files behind the options */
	WARD_OPT_QUIET = 1 << 12,
	WARD_OPT_RULE = 1 << 13,
	WARD_OPT_USER = 1 << 14,
	WARD_OPT_TRY_WORDS = 1 << 15,
	WARD_OPT_EVERY = 1 << 16, /* --all as well, of accounts */
	WARD_OPT_KEEP = 1 << 17,  /* and --replace */
	WARD_OPT_WORDS = 1 << 18, /* and --dictionary */
	WARD_OPT_COUNT = 1 << 19,
	WARD_OPT_WHOSE = 1 << 20, /* --user as well, of a password */
	WARD_OPT_RESET = 1 << 22,
	/* No option: what stands where it should not may be a password, and
	 * is not repeated. */
	WARD_OPT_HUSH = 1 << 21,
};

struct ward_command {
	const char *name;      /* "plan show": one word or two */
	const char *arguments; /* as the usage shows them */
	const char *about;
	const char *example;
	unsigned int options; /* of enum ward_option_bit */
	int least, most;      /* how many arguments */
	int (*run)(const struct ward_options *options); /* an enum ward_exit */
};

extern const struct ward_command ward_commands[];
extern const size_t ward_command_count;

/* options.c */
/* False: the error has been told. */
bool ward_options_parse(const struct ward_command *command, int argc,
    char **argv, struct ward_options *ret_options);
void ward_usage(FILE *stream, enum ward_language language);
void ward_command_usage(FILE *stream, const struct ward_command *command,
    enum ward_language language);

/* say.c */
/* What is said from now on is said in this language. */
void ward_say_in(enum ward_language language);
/* "acctward: text" on standard error, the format in that language; returns
 * WARD_EXIT_ERROR. */
int ward_say_error(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
/* The same with the usage's exit status. */
int ward_say_usage(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* progress.c */
/* Nothing of it is shown unless standard error is a terminal. */
void ward_progress_begin(bool quiet, enum ward_language language);
void ward_progress_file(void *arg, const char *file, uint64_t tried);
void ward_progress_accounts(const char *host, uint64_t accounts);
/* Take the line away, before something else is written; it may come back. */
void ward_progress_wipe(void);
void ward_progress_end(void);

/* The language of all that is shown: --lang, or what the environment asks for.
 * An error begins in it: struct ward_error err = { .language = ... }. */
enum ward_language ward_language(const struct ward_options *options);
/* The same before the options are parsed: by any valid --lang among them. */
enum ward_language ward_language_asked(int argc, char **argv);

/* places.c */
/* Where plans and settings lie, by the options. Free with the next. */
struct ward_places {
	struct ward_plan_places places;
	char *shipped, *local, *config, *config_dir;
};
int ward_places_find(const struct ward_options *options,
    struct ward_places *ret_places, struct ward_error *err);
void ward_places_free(struct ward_places *places);
/* PREFIX/share/acctward/NAME, there or not. 0, or WARD_ERR_NOMEM. */
int ward_share_find(const char *name, char **ret_path);
/* Now, in the zone of the host that this runs on. */
int ward_clock(struct ward_moment *ret_moment, struct ward_error *err);
/* The moment to judge for: --as-of, or now. */
int ward_now(const struct ward_options *options, struct ward_moment *ret_moment,
    struct ward_error *err);

/* output.c */
/* Standard output, or a file that is there whole or not at all. */
struct ward_output {
	FILE *stream;
	const char *path; /* NULL: standard output */
	char *temporary;
};
int ward_output_open(const char *path, struct ward_output *ret_output,
    struct ward_error *err);
/* Make sure that all is written, and put the file in its place. */
int ward_output_commit(struct ward_output *output, struct ward_error *err);
/* Drop what was not committed. */
void ward_output_discard(struct ward_output *output);
/* Colour is for terminals, and for those who have not said no. */
bool ward_output_color(const struct ward_output *output,
    const struct ward_options *options);

/* cmd_audit.c */
struct ward_audit_format;
/* Judge what the options select, write it in the format, and tell what was
 * wrong, if anything was: an enum ward_exit. */
int ward_audit(const struct ward_options *options,
    const struct ward_audit_format *format);

/* nearest.c */
/* Of all that can be explained, what is written most like `word`: at most three
 * names, separated by blanks. */
void ward_nearest_topics(const struct ward_plan *plan, const char *word,
    char *text, size_t size);
struct ward_pam;
/* The same of services that are configured; "" where none is much like it. */
void ward_nearest_services(const struct ward_pam *pam, const char *word,
    char *text, size_t size);

/* One file a verb. */
int ward_cmd_audit(const struct ward_options *options);
int ward_cmd_explain(const struct ward_options *options);
int ward_cmd_simulate(const struct ward_options *options);
int ward_cmd_privileged(const struct ward_options *options);
int ward_cmd_collect(const struct ward_options *options);
int ward_cmd_lockout_list(const struct ward_options *options);
int ward_cmd_lockout_show(const struct ward_options *options);
int ward_cmd_lockout_reset(const struct ward_options *options);
int ward_cmd_password_check(const struct ward_options *options);
int ward_cmd_password_suggest(const struct ward_options *options);
int ward_cmd_stack(const struct ward_options *options);
int ward_cmd_plan_list(const struct ward_options *options);
int ward_cmd_plan_show(const struct ward_options *options);
int ward_cmd_plan_coverage(const struct ward_options *options);
int ward_cmd_plan_check(const struct ward_options *options);

#endif
