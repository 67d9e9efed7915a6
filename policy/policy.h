/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * policy: the vocabulary of acctward and its one engine.
 *
 * Plans, rules, facts, evaluation and findings. Everything here is pure but
 * for the two functions that open a plan (ward_plan_load, ward_plan_check):
 * no clock, network, log or global. Other rooms include this header and no
 * other one of policy/.
 *
 * Conventions. Functions that can fail return 0 or a negative enum ward_err;
 * outputs stand last, are named ret_x and are written only on success; the
 * struct ward_error behind them may be NULL and gets one line of text. A
 * _free() takes NULL. Strings are bytes as found unless said otherwise: only
 * report/ makes them fit to be shown.
 */
#ifndef WARD_POLICY_H
#define WARD_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define WARD_VERSION "0.1.0"

/* ---- errors: did it work? ---------------------------------------------- */

enum ward_err {
	WARD_ERR_NOMEM = -1, /* no memory */
	WARD_ERR_IO = -2, /* the system refused: errno text is in the error */
	WARD_ERR_SYNTAX = -3, /* the input is not what its format asks for */
	WARD_ERR_RANGE = -4,  /* a number outside its range */
	WARD_ERR_UNSAFE =
	    -5, /* a file that decides, with unsafe owner or mode */
	WARD_ERR_MISSING = -6, /* what was named does not exist */
	WARD_ERR_LOOSER = -7, /* an agency setting that would loosen the plan */
	WARD_ERR_TOOL = -8,   /* a helper program failed */
	WARD_ERR_NO_PLAN = -9, /* none is named, and none is chosen */
	WARD_ERR_DENIED = -10, /* the caller may not look at it */
};

enum ward_language {
	WARD_ENGLISH = 0,
	WARD_CHINESE_TAIWAN,
};

struct ward_error {
	char text[768];
	enum ward_language language; /* that of the text: the caller sets it */
};

/* Write the text, if err is not NULL; returns code, so that callers can
 * `return ward_error_set(err, WARD_ERR_IO, "...")`. The format is looked up in
 * the error's language; its values stay as they are. */
int ward_error_set(struct ward_error *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* English where there is no error to tell. */
enum ward_language ward_error_language(const struct ward_error *err);
/* The sentence, or a part of one, in the error's language. */
const char *ward_error_text(const struct ward_error *err, const char *english)
    __attribute__((format_arg(2)));

/* ---- numbers and time --------------------------------------------------- */

/* Digits only, lo to hi inclusive; no sign, blank, prefix or trailing junk.
 * WARD_ERR_SYNTAX or WARD_ERR_RANGE otherwise. */
int ward_parse_uint(const char *text, uint64_t lo, uint64_t hi,
    uint64_t *ret_number);

/* A number that may be not known. Zeroed memory is "not known". */
struct ward_optional {
	bool known;
	int64_t value;
};

/* A moment: seconds since 1970-01-01T00:00:00Z, and the zone it is shown in. */
struct ward_moment {
	int64_t seconds;
	int zone; /* minutes east of UTC */
};

#define WARD_MOMENT_SIZE 64 /* "-292277022399-01-01T00:00:00+08:00" fits */
#define WARD_DAY_SIZE 32

/* ISO 8601: "2026-11-20", "2026-11-20T10:00:00" (both in `zone`), or with
 * "Z" or "+08:00" behind it. A date alone means its noon, so that the day is
 * the same day in UTC, in which shadow(5) counts. */
int ward_moment_parse(const char *text, int zone,
    struct ward_moment *ret_moment);
void ward_moment_format(struct ward_moment moment, char text[WARD_MOMENT_SIZE]);

/* Days since 1970-01-01, UTC, as shadow(5) and pam_unix(8) count them. */
int64_t ward_day_of(int64_t seconds);
/* The same date so many months on; a date that month lacks is its last day. */
int64_t ward_day_add_months(int64_t day, unsigned int months);
void ward_day_format(int64_t day, char text[WARD_DAY_SIZE]);

/* ---- text ---------------------------------------------------------------- */

/* The first character of `text` (RFC 3629: shortest form, no surrogates):
 * how many of its `size` bytes it takes, or 0 where it is not UTF-8. */
size_t ward_utf8_decode(const char *text, size_t size, uint32_t *ret_char);
bool ward_utf8_valid(const char *text, size_t size);
/* Would the character change how others are shown, or not be seen at all? */
bool ward_is_hidden(uint32_t c);
/* Clean text: the columns it takes on a terminal, a Chinese character two of
 * them. */
size_t ward_columns(const char *text);
/* The bytes, and columns, up to the first place where a line may end: at a
 * blank or the end, or beside a Chinese character but not in front of what
 * closes, behind what opens, or at a digit. 0: it begins with a blank, or is empty. */
size_t ward_text_piece(const char *text, size_t *ret_columns);

/* ---- languages ----------------------------------------------------------- */

/* Mark a sentence for the catalogue where it stands, to be looked up later.
 * Those of the context "detail" are what facts and findings hold as details:
 * formats too, and ward_phrase() finds those again once they are filled in. */
#define N_(english) english
#define NC_(context, english) english

/* The sentence in that language; English itself where there is none. Never
 * looks at a locale or the environment. */
const char *ward_text(enum ward_language language, const char *english)
    __attribute__((format_arg(2)));
/*
 * The same for a detail, which facts and snapshots hold in English: where a
 * phrase of the context "detail" makes it up, its numbers and names are put
 * into the translation as they are. A single word is taken for a name. Cut at
 * `size`.
 */
void ward_phrase(enum ward_language language, const char *english, char *text,
    size_t size);
/* "en", "zh_TW", also as locales are named: "zh_TW.UTF-8". */
bool ward_language_find(const char *name, enum ward_language *ret_language);

/* ---- vocabulary --------------------------------------------------------- */

enum ward_verdict {
	WARD_UNKNOWN = 0,
	WARD_PASS,
	WARD_FAIL,
	WARD_NOTAPPLICABLE,
	WARD_WAIVED,
	WARD_VERDICT_COUNT
};

enum ward_strength {
	WARD_SHALL = 0, /* 應: broken is a failure */
	WARD_SHOULD,    /* 宜: broken is a warning */
	WARD_REFERENCE, /* of a reference: told, and counted by itself */
	WARD_STRENGTH_COUNT
};

enum ward_class {
	WARD_CLASS_ANY = 0, /* in a plan: whatever the class */
	WARD_CLASS_SYSTEM,
	WARD_CLASS_PERSON,
	WARD_CLASS_SERVICE,
	WARD_CLASS_PRIVILEGED,
	WARD_CLASS_SHARED, /* this and the next two come from the register */
	WARD_CLASS_EXTERNAL,
	WARD_CLASS_EMERGENCY,
	WARD_CLASS_COUNT
};

enum ward_subject_type {
	WARD_SUBJECT_ACCOUNT,
	WARD_SUBJECT_HOST,
	WARD_SUBJECT_SERVICE,
	WARD_SUBJECT_DIRECTORY,
	WARD_SUBJECT_OBLIGATION,
	WARD_SUBJECT_COUNT
};

/* The words that files and outputs use; never NULL. */
const char *ward_verdict_name(enum ward_verdict verdict);
const char *ward_strength_name(enum ward_strength strength);
const char *ward_class_name(enum ward_class class);
const char *ward_subject_type_name(enum ward_subject_type type);
/* How much of the detail of a service's finding stands before the way it tells. */
size_t ward_detail_before_way(const char *detail);

/* Where a fact was read. file NULL: nowhere. line 0: the file as a whole. */
struct ward_source {
	const char *file; /* as on the audited host: "/etc/shadow" */
	uint32_t line;
};

/* ---- rules: each exists once, in rules.def ------------------------------ */

enum ward_rule_id {
#define RULE(sym, id, subject, judged, enforced, number, title, why) \
	WARD_RULE_##sym,
#include "rules.def"
#undef RULE
	WARD_RULE_COUNT
};

/* At which door pam_acctward(8) holds to a rule. */
enum ward_enforced {
	WARD_NOT_ENFORCED = 0,
	WARD_AT_LOG_IN,
	WARD_AT_CHANGE, /* when a password is set */
	WARD_ENFORCED_COUNT
};

struct ward_rule {
	const char *id; /* "password.max_age" */
	enum ward_subject_type subject;
	bool judged; /* this version collects what it needs to know */
	enum ward_enforced enforced;
	bool number;       /* can't be judged until a setting is given */
	const char *title; /* what holds when the rule is kept */
	const char *why;   /* what it keeps from happening */
};

/* "log_in", "password_change"; NULL: at none. */
const char *ward_enforced_name(enum ward_enforced enforced);

extern const struct ward_rule ward_rules[WARD_RULE_COUNT];
/* From which files a rule is judged, as words; NULL: it isn't. */
extern const char *const ward_rule_files[WARD_RULE_COUNT];

/* ---- settings: each exists once, in settings.def ------------------------ */

enum ward_setting_type {
	WARD_NUMBER,  /* lo..hi, in unit */
	WARD_WORDS,   /* a set of words, separated by blanks */
	WARD_CHOICE,  /* one of choices, blank-separated, loosest first */
	WARD_TEXT,    /* any text */
	WARD_YEARDAY, /* a day of the year, MM-DD */
};

/* Which way a local setting may move a value: only to the stricter side. */
enum ward_stricter {
	WARD_FIXED, /* may not be moved: no measure, by which to judge */
	WARD_LOWER,
	WARD_HIGHER,
	WARD_MORE,  /* words may be added */
	WARD_FEWER, /* words may be taken away */
	WARD_LATER, /* a choice further right */
};

enum ward_setting_id {
#define SETTING(rule, sym, key, type, stricter, lo, hi, unit, choices, \
    builtin, help) \
	WARD_SET_##rule##_##sym,
#include "settings.def"
#undef SETTING
	WARD_SETTING_COUNT
};

struct ward_setting {
	enum ward_rule_id rule;
	const char *key;
	enum ward_setting_type type;
	enum ward_stricter stricter;
	uint32_t lo, hi;
	const char *unit;    /* "days", "characters"; "" for none */
	const char *choices; /* WARD_CHOICE: every word, loosest first */
	const char *builtin; /* value where no plan says one, or NULL */
	const char *help;
};

extern const struct ward_setting ward_settings[WARD_SETTING_COUNT];

/* ---- plans -------------------------------------------------------------- */

struct ward_plan;

/* Where plans lie. Every member may be NULL: that place is not looked at. */
struct ward_plan_places {
	const char *shipped; /* directory of the plans shipped with acctward */
	const char *local;   /* directory of the agency's own plans */
	const char *config;  /* the agency's acctward.conf */
	const char *config_dir; /* its drop-ins, *.conf in order of name */
};

/*
 * Load plan `id` (NULL: the one that the agency's acctward.conf names), the
 * packs and references that acctward.conf names beside it, and tighten it by
 * the agency's own settings. Strict: anything unknown, out of range, doubled,
 * looser than the plan or a pack, or unsafe is refused as "file:line: reason",
 * and there is no plan. Files must belong to root or to
 * the caller, be regular, no link, and not writable by group or others.
 */
int ward_plan_load(const struct ward_plan_places *places, const char *id,
    struct ward_plan **ret_plan, struct ward_error *err);
/* Load one plan file as it stands, with no agency settings and no demand on
 * who owns it: to check a draft. */
int ward_plan_check(const char *path, struct ward_plan **ret_plan,
    struct ward_error *err);
/* The same from memory (`size` bytes); `name` stands in the messages. */
int ward_plan_parse(const char *name, const char *text, size_t size,
    struct ward_plan **ret_plan, struct ward_error *err);
void ward_plan_free(struct ward_plan *plan);

enum ward_plan_kind {
	WARD_KIND_PLAN = 0,  /* an agency's own document */
	WARD_KIND_PACK,      /* a standard that binds an agency that names it */
	WARD_KIND_REFERENCE, /* one that informs, and decides nothing */
	WARD_KIND_COUNT
};

enum ward_plan_kind ward_plan_kind(const struct ward_plan *plan);
const char *ward_plan_id(const struct ward_plan *plan);
const char *ward_plan_title(const struct ward_plan *plan);
const char *ward_plan_agency(const struct ward_plan *plan);
/* Which edition of the document it is, each or NULL; the date YYYY-MM-DD. */
const char *ward_plan_version(const struct ward_plan *plan);
const char *ward_plan_date(const struct ward_plan *plan);
/* "plan", "pack", "reference" */
const char *ward_plan_kind_name(enum ward_plan_kind kind);
/* The id of the pack that this one goes on from, or NULL. */
const char *ward_plan_extends(const struct ward_plan *plan);

/* Write the effective plan with the origin of each value, as a plan that
 * loads to the same plan again. WARD_ERR_IO when the stream fails. */
int ward_plan_dump(const struct ward_plan *plan, FILE *stream);

/* Name each plan found in the places: shipped first, by name. A plan that
 * does not load is still named, with its reason in `error` (else NULL).
 * Stops when visit returns non-zero, and returns that. */
int ward_plan_each(const struct ward_plan_places *places,
    int (*visit)(void *arg, const char *id, const struct ward_plan *plan,
	const char *error),
    void *arg, struct ward_error *err);

/* Each file that it came from, acctward.conf and its drop-ins too; one may be
 * named more than once. Stops when visit returns non-zero, and returns that. */
int ward_plan_each_file(const struct ward_plan *plan,
    int (*visit)(void *arg, const char *file), void *arg);
/* The i-th pack or reference beside the plan; NULL behind the last. */
const struct ward_plan *ward_plan_pack(const struct ward_plan *plan, size_t i);
/*
 * The plan worked out: what it and its packs ask for together, without what
 * each of them says, as bytes for the program that wrote them and for no other.
 * Read again it answers ward_plan_kind(), _id(), _title(), _agency(),
 * _root_groups(), _enables(), _strength(), _lockout(), _breaks_glass(),
 * _warning_days() and _binding(), and evaluates to the same findings but for those of references,
 * which are left out; nothing else of it may be asked. The caller frees
 * *ret_bytes. WARD_ERR_MISSING: the plan itself is a reference.
 */
int ward_plan_write_image(const struct ward_plan *plan, void **ret_bytes,
    size_t *ret_size, struct ward_error *err);
/* WARD_ERR_SYNTAX: not such an image, whatever else it is. The bytes may go
 * away afterwards. */
int ward_plan_read_image(const void *bytes, size_t size,
    struct ward_plan **ret_plan, struct ward_error *err);

/* The groups whose members amount to root, as words. */
const char *ward_plan_root_groups(const struct ward_plan *plan);
/*
 * By which two plans can be told apart that doors hold to differently: the
 * plan's id, and a fingerprint of all that it and its packs ask for together
 * that a door holds to. The same wherever the plan lies.
 */
#define WARD_MARK_SIZE 96
void ward_plan_mark(const struct ward_plan *plan, char text[WARD_MARK_SIZE]);
/* The name of the i-th duty ("policy_review"), in the order of the documents
 * that bind; NULL behind the last. */
const char *ward_plan_obligation(const struct ward_plan *plan, size_t i);

/* Does a document that binds, for accounts of this class, ask for the rule? */
bool ward_plan_enables(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class);
/* The strongest with which one asks for it; WARD_REFERENCE: none does. */
enum ward_strength ward_plan_strength(const struct ward_plan *plan,
    enum ward_rule_id rule, enum ward_class class);

/* The clauses of one document: many separated by " | ". */
struct ward_citation {
	const char *plan; /* the document's id */
	const char *clauses;
};

struct ward_citations {
	const struct ward_citation *list;
	size_t count; /* 0: an agency's own rule, or one that always holds */
};

/*
 * What the plan and its packs ask for together with one strength. A rule may
 * stand in more than one binding: "shall" in one document, "should" and
 * stricter in another.
 */
struct ward_binding;

/* The i-th: WARD_SHALL, WARD_SHOULD, then one for each reference, or one that
 * asks for nothing; NULL behind the last. */
const struct ward_binding *ward_plan_binding(const struct ward_plan *plan,
    size_t i);
bool ward_binding_enables(const struct ward_binding *binding,
    enum ward_rule_id rule, enum ward_class class);

/* Who asks, where no clause can be cited. */
enum ward_asker {
	WARD_ASKED_BY_NOBODY = 0,
	WARD_ASKED_BY_PROGRAM, /* built in: it holds under every plan */
	WARD_ASKED_BY_AGENCY,  /* acctward.conf adds the rule */
	WARD_ASKED_BY_DOCUMENT,
};

enum ward_asker ward_binding_asker(const struct ward_binding *binding,
    enum ward_rule_id rule, enum ward_class class);
struct ward_citations ward_binding_citations(const struct ward_binding *binding,
    enum ward_rule_id rule, enum ward_class class);
/* True, and the strictest number, where there is one for this class. */
bool ward_binding_number(const struct ward_binding *binding,
    enum ward_setting_id setting, enum ward_class class, uint32_t *ret_number);
/* The value as text, or NULL: words and choices in their one written form. */
const char *ward_binding_text(const struct ward_binding *binding,
    enum ward_setting_id setting, enum ward_class class);
/* Is the value an agency setting, where the documents give none? */
bool ward_binding_is_agency(const struct ward_binding *binding,
    enum ward_setting_id setting, enum ward_class class);
/* The next clause of a text that has them separated by "|"; moves *text on.
 * False: there is none left. */
bool ward_clause_next(const char **text, const char **ret_clause,
    size_t *ret_size);

/* What becomes of a clause of the document. */
enum ward_answer {
	WARD_ANSWER_GAP = 0,      /* nothing: no section cites it */
	WARD_ANSWER_CHECKED,      /* a rule that this version judges */
	WARD_ANSWER_ENFORCED,     /* one that it doesn't, but enforces */
	WARD_ANSWER_ATTESTED,     /* a duty, which people attest */
	WARD_ANSWER_NOT_CHECKED,  /* a rule that it can't judge yet */
	WARD_ANSWER_OUT_OF_SCOPE, /* kept elsewhere, with a reason */
	WARD_ANSWER_COUNT
};

/* "gap", "checked", "enforced", "attested", "not_checked", "out_of_scope" */
const char *ward_answer_name(enum ward_answer answer);

/* A setting that the agency has made, or tightened. */
struct ward_agency_setting {
	const char *key, *value; /* as plans say them */
	const char *unit;        /* "" for none */
};

#define WARD_AGENCY_SETTINGS_MAX 8

/* One section's answer to one clause; valid only during the visit. */
struct ward_coverage {
	const char *clause; /* of an added section its own, or NULL */
	enum ward_answer answer;
	const char *section;    /* "obligation.audit"; NULL with a gap */
	enum ward_rule_id rule; /* of the section, and its strength */
	enum ward_strength strength;
	/* The document's period, and its day of the year, or NULL: not the
	 * agency's, which stand below. */
	const char *every, *before;
	bool unset;        /* the number or period that it needs is not set */
	bool enforced;     /* log-ins, or new passwords, are held to it,
			    * checked or not, where pam_acctward(8) stands in
			    * the PAM stacks: where the rule says so */
	const char *words; /* the rule's title, the duty in the document's
			    * words, the reason; NULL with a gap */
	struct ward_agency_setting agency[WARD_AGENCY_SETTINGS_MAX];
	size_t agency_count;
	bool added;  /* the section is the agency's, not the document's */
	bool beyond; /* it answers no clause of the document */
};

struct ward_coverage_summary {
	bool listed; /* else gaps can't be seen */
	size_t clauses;
	/* Clauses with such an answer; ENFORCED: those with one that is
	 * enforced, whether or not it is checked too. */
	size_t answers[WARD_ANSWER_COUNT];
};

/* Tell each clause of the document in its order, once for every section that
 * answers it. A plan that lists none tells those that it cites. Behind them
 * once each section that the agency has added and that answers none of them.
 * Stops when visit returns non-zero, and returns that. */
int ward_plan_coverage(const struct ward_plan *plan,
    int (*visit)(void *arg, const struct ward_coverage *coverage), void *arg,
    struct ward_coverage_summary *ret_summary);
/* ---- what each document says ---------------------------------------------- */

enum ward_origin_kind {
	WARD_ORIGIN_BUILTIN = 0,
	WARD_ORIGIN_PLAN,
	WARD_ORIGIN_AGENCY,
};

struct ward_origin {
	enum ward_origin_kind kind;
	char *file; /* NULL when built in */
	uint32_t line;
};

/* What can be explained: a rule, or one duty of the plan. */
struct ward_topic {
	enum ward_rule_id rule;
	const char *name; /* of the duty, or NULL */
};

/* The i-th: every rule, then the duties that bind; without a plan (NULL) the
 * rules alone. False behind the last. */
bool ward_plan_topic(const struct ward_plan *plan, size_t i,
    struct ward_topic *ret_topic);
#define WARD_TOPIC_SIZE 128
/* "password.max_age", "obligation.policy_review" */
void ward_topic_id(const struct ward_topic *topic, char text[WARD_TOPIC_SIZE]);

struct ward_section;

/* What one document says of it: for a class, or (WARD_CLASS_ANY) for every one
 * of which it says nothing else. */
struct ward_asked {
	const struct ward_plan *document;
	enum ward_class class;
	enum ward_strength strength;
	const char *clauses; /* "": an agency's own rule, or one built in */
	const struct ward_origin *origin;
	const struct ward_section *own, *general; /* for the next function */
};

/* Document 0 is the plan, the others are its packs and references in their
 * order. False: it says nothing of it for just this class. */
bool ward_plan_asked(const struct ward_plan *plan, size_t document,
    const struct ward_topic *topic, enum ward_class class,
    struct ward_asked *ret_asked);
/* The value and where it is from; NULL: the document gives none. */
const char *ward_asked_value(const struct ward_asked *asked,
    enum ward_setting_id setting, const struct ward_origin **ret_origin);

/* Is it one of the words, which blanks separate? */
bool ward_words_have(const char *words, const char *word, size_t size);

/* Why a verdict is what it is: each exists once, in reasons.def. */
enum ward_reason_id {
	WARD_REASON_NONE = 0, /* nothing to say but the rule's title */
#define REASON(sym, rule, message, remedy) WARD_REASON_##sym,
#include "reasons.def"
#undef REASON
	WARD_REASON_COUNT
};

/* ---- lines of files that tell of a host --------------------------------- */

/* login.defs(5), as shadow-utils take it. */
struct ward_logindefs {
	uint32_t uid_min, uid_max; /* of people's accounts */
	uint32_t lastlog_max;      /* lastlog(8) knows no uid above it */
};

/* What holds where the file says nothing. */
struct ward_logindefs ward_logindefs_default(void);
/* Overwrite what the line, which is written to, says; a value that is no
 * number is passed over. */
void ward_logindefs_line(char *line, struct ward_logindefs *defs);

/* The shell that a line of shells(5) lists, as getusershell(3) reads it; size
 * 0: none. */
const char *ward_shell_line(const char *line, size_t *ret_size);
/* Does the shell let somebody in? An empty one is /bin/sh. Only the system's
 * own false(1), nologin(8) and the like do not: /home/ann/false is any
 * program. */
bool ward_shell_is_login(const char *shell);

/* ---- facts -------------------------------------------------------------- */

enum ward_password_state {
	WARD_PASSWORD_UNKNOWN = 0,
	WARD_PASSWORD_EMPTY,  /* logs in with no password */
	WARD_PASSWORD_USABLE, /* a hash that crypt(3) can match */
	WARD_PASSWORD_LOCKED, /* a hash behind "!": passwd -l, usermod -L */
	WARD_PASSWORD_NONE,   /* "*", "!": no password can match */
};

enum ward_hash_scheme {
	WARD_HASH_UNKNOWN = 0,
#define HASH(sym, prefix, name, tail) WARD_HASH_##sym,
#include "hashes.def"
#undef HASH
	WARD_HASH_COUNT
};

/* "yescrypt", the word used in plans; "unknown" for WARD_HASH_UNKNOWN. */
const char *ward_hash_name(enum ward_hash_scheme scheme);

/*
 * What a password field says: its state, and scheme and cost of the hash.
 * cost: rounds of sha256crypt and sha512crypt, the exponent of bcrypt, N of
 * yescrypt's "j9T" as its cost parameter 1..11; not known for the others.
 * The hash itself goes nowhere.
 */
struct ward_password_fact {
	enum ward_password_state state;
	enum ward_hash_scheme scheme;
	struct ward_optional cost;
	bool strange; /* neither a known hash nor a usual lock mark */
};

struct ward_password_fact ward_password_field(const char *field);
/* A number that tells one run of bytes from another; no secret is kept by it.
 * Never 0. */
uint64_t ward_fingerprint(const void *bytes, size_t size);
/* That of a password field, which tells nothing of the password or its hash
 * beyond that; it goes nowhere but into struct ward_marks of state/. */
uint64_t ward_password_mark(const char *field);
/* Does a field that is not the password's hold a hash, as that of a torn or
 * shifted line does? Nobody is to be shown it. */
bool ward_field_is_hash(const char *field);

enum ward_match {
	WARD_MATCH_UNKNOWN = 0, /* no hash, or none that crypt(3) here knows */
	WARD_MATCH_NOT,
	WARD_MATCH_YES,
};

/*
 * Is the hash (no lock mark before it) that of the password? Computed once at
 * most, and not at all of what is no hash by its form. WARD_ERR_NOMEM: its
 * scheme takes more memory than there is. WARD_ERR_RANGE: longer than
 * WARD_PASSWORD_MAX. WARD_ERR_MISSING: no crypt(3).
 */
int ward_password_match(const char *hash, const char *password,
    enum ward_match *ret_match, struct ward_error *err);

enum ward_use {
	WARD_USE_UNKNOWN = 0, /* no source could tell */
	WARD_USE_NEVER,       /* a source that would know has no log-in */
	WARD_USE_SEEN,        /* last seen at last_use */
};

enum ward_home_state {
	WARD_HOME_UNKNOWN = 0,
	WARD_HOME_ELSEWHERE, /* not even the directory that it stands in: not
			      * mounted, kept on another host */
	WARD_HOME_MISSING,
	WARD_HOME_THERE,
};

/* Who is in the group that may write to a home. */
enum ward_home_group {
	WARD_HOME_GROUP_UNKNOWN = 0, /* none may, or it can't be told */
	WARD_HOME_GROUP_OWN,         /* nobody but the account */
	WARD_HOME_GROUP_SHARED,
};

enum ward_guess {
	WARD_GUESS_NOT_TRIED = 0, /* nobody asked, or no hash to try */
	WARD_GUESS_TOO_COSTLY,    /* not all were tried: that takes too long */
	WARD_GUESS_HELD,          /* none of the words opens it */
	WARD_GUESS_FOUND,         /* one does; which, nobody is told */
};

enum ward_path_kind {
	WARD_PATH_UID0,
	WARD_PATH_GROUP, /* a group that amounts to root */
	WARD_PATH_SUDO,
	WARD_PATH_DOAS,
	WARD_PATH_KEY, /* a key that opens uid 0 */
	WARD_PATH_KIND_COUNT
};

const char *ward_path_kind_name(enum ward_path_kind kind);

/* A way by which an account is privileged. */
struct ward_path {
	enum ward_path_kind kind;
	const char *detail; /* "(root) NOPASSWD: /usr/bin/vi", "docker" */
	struct ward_source source;
	/* sudo and doas: how the rule hands out more than it seems to: one of
	 * WARD_REASON_MINIMUM_*, or WARD_REASON_NONE. */
	enum ward_reason_id excess;
	const char *excess_detail; /* the command that does */
};

/* The two reasons why something is not known that call for a remedy of their
 * own; others are told in words too. */
extern const char ward_why_missing[], ward_why_denied[];

/* An entry that is not as its format or its neighbours ask. */
struct ward_defect {
	enum ward_reason_id reason; /* WELLFORMED_*, UNIQUE_G*,
				    * SHARED_GROUP_PASSWORD,
				    * TRUSTED_HOST, TRUSTED_UNREAD */
	const char *name; /* the account that it concerns, or NULL: the host */
	const char *detail; /* what stands there, or NULL */
	struct ward_source source;
};

/* Another account that has the same uid, name or hash. name NULL: none. */
struct ward_peer {
	const char *name;
	struct ward_source source;
};

/*
 * What was observed about one account. Zeroed: nothing is known. Pointers
 * belong to whoever made the facts and hold until its next call.
 * Days are as in shadow(5); not known there also means "field empty", for
 * which entry `has_shadow` tells whether an entry was found at all.
 */
struct ward_account {
	const char *name;
	struct ward_optional uid, gid;
	const char *home;
	const char *shell;
	bool login_shell;         /* the shell lets somebody in */
	bool listed_shell;        /* it stands in shells(5), or there is none */
	struct ward_source entry; /* passwd(5) */

	bool has_shadow;
	/* shadow(5); else the passwd entry, or what `shadow_why` is about */
	struct ward_source shadow;
	const char *shadow_why; /* why the password is not known, or NULL */
	struct ward_password_fact password;
	bool temporary; /* somebody else has set it, and it is still that one:
			 * the log-in door remembers it */
	const char *temporary_why; /* why that is not known, or NULL */
	/* Seconds: when an administrator has set it; days without use count
	 * anew from then on. */
	struct ward_optional revived;
	struct ward_source record; /* the door's, which tells or could not tell
				    * one of these three */
	struct ward_optional
	    changed; /* day of the last change; 0: must change */
	struct ward_optional min_age, max_age, warning, inactive; /* days */
	struct ward_optional expires; /* day from which the account is closed */

	enum ward_use use;
	int64_t last_use; /* seconds; only with WARD_USE_SEEN */
	struct ward_source
	    use_source;      /* who told, or could not: lastlog, wtmp, the
			      * log-in door's record */
	const char *use_why; /* why it is not known, or NULL */

	bool keys_known; /* the authorized_keys files could be looked at */
	size_t key_count;
	struct ward_source key_source; /* of the first, or what was not read */
	const char *key_why;           /* why not, or NULL */
	size_t key_owner_count; /* different "who" in the comments who@where */
	const char *key_owners; /* "wang lee", at most a few */

	enum ward_home_state home_state;
	struct ward_optional home_owner; /* its uid */
	uint32_t home_mode;              /* permission bits; only with THERE */
	enum ward_home_group home_group; /* only where the group may write */
	bool home_open;       /* it is not there, and everybody may make it */
	const char *home_why; /* why it is not known, or NULL */

	bool trust_known; /* the files that trust other hosts could be read */
	/* The first that lets somebody in; else the first not read. */
	struct ward_source trust_source;
	const char *trust_detail; /* what the first says, or NULL: none does */
	const char *trust_why;    /* why it was not read, or NULL */

	struct ward_optional failures; /* failed log-ins that btmp holds */
	int64_t last_failure;          /* seconds; only where failures > 0 */
	struct ward_source failure_source;
	const char *failure_why; /* why they are not known, or NULL */

	enum ward_guess guess; /* was the password tried against words? */

	const struct ward_path *paths;
	size_t path_count;
	bool privileged_kept; /* the log-in door takes it for privileged by a
			       * path that is kept, whether or not it is one
			       * of these */
	const struct ward_defect *defects;
	size_t defect_count;
	struct ward_peer same_uid, same_name, same_hash;
};

/* What was observed about the host. */
struct ward_host {
	const char *name;
	struct ward_moment now; /* the moment judged for: a fact like others */
	uint32_t uid_min, uid_max; /* login.defs(5), or its defaults */
	bool words_tried;          /* the accounts' `guess` was asked for */
	/* By ward_plan_mark(), the plan that its acctward.conf chooses, to
	 * which pam_acctward.so holds; NULL: none, or it can't be told. */
	const char *door_plan;
};

/*
 * The class of an account, from facts alone, and which of them decided. The
 * register, which knows shared, external and emergency accounts and names the
 * services, will come first once there is one. Never WARD_CLASS_ANY.
 */
struct ward_class_why {
	enum ward_class class;
	enum ward_reason_id reason; /* CLASS_* */
	struct ward_source source;
	uint32_t bound; /* the UID_MIN or UID_MAX that it was held against */
};

struct ward_class_why ward_account_class_why(const struct ward_host *host,
    const struct ward_account *account);
enum ward_class ward_account_class(const struct ward_host *host,
    const struct ward_account *account);
/* Is it past its end date on that day, or so long past its password's maximum
 * age that the system lets nobody in any more? */
bool ward_account_ended(const struct ward_account *account, int64_t today);

#include "policy/service.h"

/* ---- findings ----------------------------------------------------------- */

struct ward_reason {
	const char *id; /* "max_age_old": stable, for programs */
	enum ward_rule_id rule;
	const char *message; /* with {name} {observed} and others */
	const char *remedy;
};

extern const struct ward_reason ward_reasons[WARD_REASON_COUNT];

/* May what is told hide an account, or a way to root? */
bool ward_reason_hides(enum ward_reason_id reason);

struct ward_subject {
	enum ward_subject_type type;
	const char *name;
	struct ward_optional uid; /* accounts */
	/* Accounts; WARD_CLASS_ANY: not decided. Services: of which accounts
	 * it is asked; WARD_CLASS_ANY: whatever their class. */
	enum ward_class class;
};

/* Valid only during the call of the sink that gets it. */
struct ward_finding {
	enum ward_rule_id rule;
	enum ward_strength strength;
	enum ward_verdict verdict;
	struct ward_subject subject;
	enum ward_reason_id reason;
	const char *observed; /* or NULL */
	const char *required; /* or NULL */
	const char *unit;     /* or NULL */
	const char *detail;   /* or NULL */
	struct ward_citations citations;
	bool agency;   /* what is asked is an agency setting */
	bool built_in; /* no document asks: see WARD_ASKED_BY_PROGRAM */
	/* Until the last day on which it still passes, or before which the
	 * system itself does not end what passes, which is 0; known only where
	 * such a day lies ahead, so never negative. */
	struct ward_optional days_left;
	struct ward_source source;
};

/* A finding's observed or required value: a word of the program's own
 * ("none") is looked up, and more than a word is as in ward_phrase(). */
void ward_value_text(enum ward_language language, const char *value, char *text,
    size_t size);
/* Write the finding's message, or its remedy, into `text`, cut at `size`.
 * `clean`, if not NULL, makes each inserted value fit to be shown: it writes
 * at most `size` bytes, NUL included. */
typedef void ward_clean_fn(const char *value, char *text, size_t size);
void ward_finding_message(const struct ward_finding *finding,
    enum ward_language language, ward_clean_fn *clean, char *text, size_t size);
void ward_finding_remedy(const struct ward_finding *finding,
    enum ward_language language, ward_clean_fn *clean, char *text, size_t size);
/* In the same way, why the account is of its class. */
void ward_class_message(const struct ward_class_why *why,
    const struct ward_account *account, enum ward_language language,
    ward_clean_fn *clean, char *text, size_t size);

/* ---- a new password ------------------------------------------------------ */

/* Where passwords that are guessed first are looked up. Each may be NULL: it
 * is not looked into. */
struct ward_weak_places {
	const char *words;      /* the list shipped with acctward */
	const char *dictionary; /* cracklib's, without ".pwd" */
	const char *root;       /* stands before what the plan names */
};

/* What the plan has looked up: the shipped words, cracklib's dictionary, the
 * agency's own words, a list of breached passwords. Read only, by any number
 * of threads at once. */
struct ward_weak;

/*
 * Open it for password.weak of the plan's documents that bind. Nothing is
 * loaded: files are mapped, or read where they are asked. WARD_ERR_MISSING:
 * the shipped words, or the list that the plan names, are not there.
 * WARD_ERR_UNSAFE: others may write one of them. WARD_ERR_SYNTAX: not such a
 * list. A dictionary that is not there is passed over; see the next but one.
 */
int ward_weak_open(const struct ward_plan *plan,
    const struct ward_weak_places *places, struct ward_weak **ret_weak,
    struct ward_error *err);
void ward_weak_free(struct ward_weak *weak);
/* The dictionary that was to be looked into and is not there, or NULL. */
const char *ward_weak_lacks(const struct ward_weak *weak);

/* How a password is one that is guessed first. */
enum ward_weakness {
	WARD_WEAK_UNKNOWN = 0,
	WARD_WEAK_NOT,
	WARD_WEAK_COMMON,   /* a word that many use, changed a little or not */
	WARD_WEAK_PATTERN,  /* keys side by side, runs, repeats */
	WARD_WEAK_DATE,     /* a birthday or another date, and little else */
	WARD_WEAK_NUMBER,   /* a national id, a telephone number */
	WARD_WEAK_AGENCY,   /* a word that the plan forbids */
	WARD_WEAK_BREACHED, /* it is in the list of breached passwords */
	WARD_WEAK_DICTIONARY, /* cracklib finds it in its dictionary */
	WARD_WEAK_SIMILAR,    /* the old one with little changed */
	WARD_WEAK_SIMPLE,     /* libpwquality finds another fault */
	WARD_WEAK_COUNT
};

/* Is it one of those before it? */
enum ward_reuse {
	WARD_REUSE_UNKNOWN = 0,
	WARD_REUSE_NOT,
	WARD_REUSE_CURRENT,
	WARD_REUSE_OLDER,
};

/* Longest that is judged: crypt(3) takes no more bytes than this. */
#define WARD_PASSWORD_MAX 511

/*
 * What was observed of a password that somebody wants to set; never the
 * password, and nothing of this is to be logged. Zeroed: nothing is known.
 */
struct ward_candidate {
	/*
	 * As people count: marks that combine with the character before, and
	 * what can't be seen, count for nothing, so that a composed letter and
	 * a decomposed one are as long. Bytes, where it is not UTF-8.
	 */
	struct ward_optional characters;
	/* Upper case, lower case, digit, other; all but ASCII is other. */
	struct ward_optional classes;
	bool names_known; /* its account's name could be held against it */
	bool has_name;    /* the account's name, or a word of its GECOS field,
			   * from 3 characters (2 where they are not ASCII),
			   * whatever the case, backwards too, or with the
			   * usual substitutions */
	enum ward_weakness weakness;
	const char *weak_why; /* why it is not known, or NULL */
	enum ward_reuse reuse;
	uint32_t older; /* WARD_REUSE_OLDER: how many changes ago; 1: the one
			 * before the current one */
	const char *reuse_why; /* why it is not known, or NULL */
	bool reset;            /* an administrator sets it for somebody else */
	bool forced;           /* it has to be changed now, however new it is */
};

/* Who wants to set it, as far as it matters to the password. */
struct ward_candidate_of {
	const char *name, *gecos; /* either may be NULL */
	const char
	    *old; /* the password before it, where it was typed, or NULL */
};

/*
 * Look at a password of `size` bytes: length, classes, names, and, where
 * `weak` is not NULL, weakness. The rest is the caller's to fill in. What
 * copies are made are wiped. WARD_ERR_RANGE: longer than WARD_PASSWORD_MAX;
 * WARD_ERR_SYNTAX: a NUL or a line's end within it, which no program hands on
 * whole; nobody is to set such a one.
 */
int ward_candidate_look(const struct ward_weak *weak,
    const struct ward_candidate_of *of, const char *password, size_t size,
    struct ward_candidate *ret_candidate, struct ward_error *err);

/*
 * Make one by chance, of at least so many bits and at least 56; of more than
 * 128 it is of parts, with hyphens between them. The caller wipes it; nothing
 * of it is left where none is made. WARD_ERR_MISSING: libpwquality is not
 * there. WARD_ERR_RANGE: it would be longer than WARD_PASSWORD_MAX.
 */
int ward_password_generate(unsigned int bits,
    char password[WARD_PASSWORD_MAX + 1], struct ward_error *err);

/* How many older passwords are refused for accounts of this class: the most
 * of what shall and what should be. False: the plan asks for none. */
bool ward_plan_history(const struct ward_plan *plan, enum ward_class class,
    uint32_t *ret_older);
/* Is a temporary password held to the rules too? Not where a document that
 * binds says so at password.change_at_first_login. */
bool ward_plan_holds_resets(const struct ward_plan *plan,
    enum ward_class class);

/* ---- what follows at a door --------------------------------------------- */

/* What a door does about a finding. */
enum ward_act {
	WARD_ACT_NONE = 0,
	WARD_ACT_WARN,   /* it is let in, and told */
	WARD_ACT_CHANGE, /* the password has to be changed first */
	WARD_ACT_REFUSE, /* it is not let in */
};

/*
 * The same for every door:
 *
 *	reason                            verdict  act
 *	max_age_old, max_age_months       fail     CHANGE
 *	max_age_months_soon               fail     WARN
 *	max_age_pending                   pass     CHANGE
 *	first_login_kept, _reset          fail     CHANGE
 *	dormant_unused                    fail     REFUSE
 *	dormant_never                     fail     WARN
 *	expired_open                      fail     REFUSE
 *
 *	new_*                             fail     REFUSE
 *	new_*_unknown                     unknown  REFUSE
 *
 * Every other reason, and another verdict: NONE. So is what a reference asks
 * and what is built in. Of strength should, CHANGE and REFUSE are WARN; so is
 * CHANGE for accounts of the system and of services, where nobody is there to
 * type a new password.
 */
enum ward_act ward_finding_act(const struct ward_finding *finding);
/*
 * From which day on pam_unix(8) lets its holder change the password, by the
 * minimum age in shadow(5), which it holds to at a log-in as well; 0: today, or
 * it can't be told. Where that lies ahead, CHANGE can be asked of nobody: it is
 * WARN.
 */
int64_t ward_account_change_day(const struct ward_account *account,
    int64_t today);
/*
 * Does a door hold log-ins, or new passwords, of this class to the rule, where
 * a document asks for it with this strength and every number is set? Not where
 * all that comes of it is a warning, unless the rule is one to warn.
 */
bool ward_rule_binds(enum ward_rule_id rule, enum ward_strength strength,
    enum ward_class class);
/* login.lockout for accounts of this class: least attempts and most seconds of
 * what shall and what should be. False: one of the two is given by nobody. */
bool ward_plan_lockout(const struct ward_plan *plan, enum ward_class class,
    uint32_t *ret_attempts, uint32_t *ret_seconds);
/* Is it one that stays let in at the local console, as root does? For any
 * class: login.lockout names accounts. */
bool ward_plan_breaks_glass(const struct ward_plan *plan, const char *name);
/* From how many days before its password's or its own end on is an account of
 * this class told so at log-in? The most that is asked for, but a week at
 * least. */
uint32_t ward_plan_warning_days(const struct ward_plan *plan,
    enum ward_class class);

/* ---- evaluation --------------------------------------------------------- */

/* What became of one rule over all that was judged. */
struct ward_rule_count {
	uint64_t verdicts[WARD_VERDICT_COUNT];
	uint64_t warnings;  /* of the failures, those of strength should */
	uint64_t reference; /* what only a reference asks, and is not so */
	bool enabled;       /* the plan asks for it */
	bool built_in;      /* only as every plan does */
	bool unset;         /* for all accounts, or some, neither document nor
			    * agency gives the number it needs */
	bool untried;       /* what it takes was not asked for: words_tried */
};

struct ward_summary {
	uint64_t accounts;
	uint64_t privileged;
	uint64_t services; /* those that were judged */
	uint64_t fail;     /* strength shall */
	uint64_t warn;     /* strength should */
	uint64_t unknown;
	uint64_t waived;
	uint64_t reference; /* decides nothing */
	bool met; /* the selected account was, or something that names it */
	enum ward_verdict verdict; /* fail, else unknown, else pass */
	struct ward_rule_count rules[WARD_RULE_COUNT];
};

/* Gets every finding, passes included. Non-zero stops the evaluation, which
 * returns it. */
typedef int ward_finding_fn(void *arg, const struct ward_finding *finding);

struct ward_evaluation;

/* plan and host must outlive the evaluation. WARD_ERR_MISSING: the plan is a
 * reference, and by that nothing is decided. */
int ward_evaluation_new(const struct ward_plan *plan,
    const struct ward_host *host, ward_finding_fn *sink, void *arg,
    struct ward_evaluation **ret_evaluation);
void ward_evaluation_free(struct ward_evaluation *evaluation);

/* A part of an audit; what is NULL is not narrowed. */
struct ward_selection {
	const char *rule; /* a glob over ids: "password.*", "obligation.x" */
	const char *user; /* the name of an account */
};

bool ward_selection_has_rule(const struct ward_selection *selection,
    const char *id);
bool ward_selection_has_user(const struct ward_selection *selection,
    const char *name);
/* Before anything is judged: judge and count only this part. Of a user, rules
 * are those that the plan asks of the account's class. A part of which nothing
 * was judged is unknown. WARD_ERR_MISSING: the plan asks for none of the rules.
 * The selection's strings must outlive the evaluation. */
int ward_evaluation_select(struct ward_evaluation *evaluation,
    const struct ward_selection *selection);
/* Judge one account by every rule that the plan asks for, in the order of
 * rules.def. A rule whose facts are not known gives unknown, never pass. */
int ward_evaluate_account(struct ward_evaluation *evaluation,
    const struct ward_account *account);
/*
 * Judge a new password by what the plan asks of passwords of the account's
 * class, and of no other thing: min_length, min_classes, no_account_name,
 * weak, history, min_age, in that order. What a finding tells is fit for whoever
 * typed the password: nothing of it is observed, and it is not to be logged.
 * ward_finding_act() says whether it can be set.
 */
int ward_evaluate_candidate(struct ward_evaluation *evaluation,
    const struct ward_account *account, const struct ward_candidate *candidate);
/* What is asked, before there is any: for each of these rules that a document
 * which binds asks for, what it would say of a password that breaks it; of
 * min_age only where the account would be refused for it today, as long as it
 * is not an administrator who sets the password for it. */
int ward_evaluate_demands(struct ward_evaluation *evaluation,
    const struct ward_account *account);
/* Judge an entry that belongs to no account: a torn line, a doubled gid. */
int ward_evaluate_defect(struct ward_evaluation *evaluation,
    const struct ward_defect *defect);
/*
 * Judge a service by every rule that the plan asks for and that its stacks
 * have to hold to: min_length, min_classes, no_account_name, weak, history,
 * change_at_first_login, required, lockout, account.expired. What is not
 * proved is unknown. By the strictest that is asked of any class, and one
 * finding for each document. A fragment is not judged.
 */
int ward_evaluate_service(struct ward_evaluation *evaluation,
    const struct ward_service *service);
/* Behind the last fact. Where no service came, the rules for them are unknown
 * for the host. */
int ward_evaluation_end(struct ward_evaluation *evaluation);
/* The counts so far. */
void ward_evaluation_summary(const struct ward_evaluation *evaluation,
    struct ward_summary *ret_summary);

#endif
