/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/snapshot/members.h"

#include <ctype.h>
#include <string.h>

/* The last second of the year 9999: no later moment can be written. */
#define LAST_SECOND 253402300799

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define SHAPE(name, list, what) \
	{ \
		.type = (name), .members = (list), .count = LENGTH(list), \
		.size = sizeof(what) \
	}

/* ---- words --------------------------------------------------------------- */

static const char *
password_state(unsigned int i, char text[WARD_WORD_SIZE])
{
	static const char *const words[] = {
		[WARD_PASSWORD_UNKNOWN] = "",
		[WARD_PASSWORD_EMPTY] = "empty",
		[WARD_PASSWORD_USABLE] = "usable",
		[WARD_PASSWORD_LOCKED] = "locked",
		[WARD_PASSWORD_NONE] = "none",
	};

	(void)text;
	return i < LENGTH(words) ? words[i] : NULL;
}

static const char *
use(unsigned int i, char text[WARD_WORD_SIZE])
{
	static const char *const words[] = {
		[WARD_USE_UNKNOWN] = "",
		[WARD_USE_NEVER] = "never",
		[WARD_USE_SEEN] = "seen",
	};

	(void)text;
	return i < LENGTH(words) ? words[i] : NULL;
}

static const char *
home_state(unsigned int i, char text[WARD_WORD_SIZE])
{
	static const char *const words[] = {
		[WARD_HOME_UNKNOWN] = "",
		[WARD_HOME_ELSEWHERE] = "elsewhere",
		[WARD_HOME_MISSING] = "missing",
		[WARD_HOME_THERE] = "there",
	};

	(void)text;
	return i < LENGTH(words) ? words[i] : NULL;
}

static const char *
home_group(unsigned int i, char text[WARD_WORD_SIZE])
{
	static const char *const words[] = {
		[WARD_HOME_GROUP_UNKNOWN] = "",
		[WARD_HOME_GROUP_OWN] = "own",
		[WARD_HOME_GROUP_SHARED] = "shared",
	};

	(void)text;
	return i < LENGTH(words) ? words[i] : NULL;
}

static const char *
guess(unsigned int i, char text[WARD_WORD_SIZE])
{
	static const char *const words[] = {
		[WARD_GUESS_NOT_TRIED] = "",
		[WARD_GUESS_TOO_COSTLY] = "too_costly",
		[WARD_GUESS_HELD] = "held",
		[WARD_GUESS_FOUND] = "found",
	};

	(void)text;
	return i < LENGTH(words) ? words[i] : NULL;
}

static const char *
hash(unsigned int i, char text[WARD_WORD_SIZE])
{
	(void)text;
	return i == WARD_HASH_UNKNOWN ? "" :
	    i < WARD_HASH_COUNT       ? ward_hash_name(i) :
					NULL;
}

static const char *
path_kind(unsigned int i, char text[WARD_WORD_SIZE])
{
	(void)text;
	return i < WARD_PATH_KIND_COUNT ? ward_path_kind_name(i) : NULL;
}

/* A reason is written as reports write it. */
static const char *
reason_word(unsigned int i, char text[WARD_WORD_SIZE])
{
	const char *id = ward_reasons[i].id;
	size_t size = strlen(id);

	for (size_t at = 0; at <= size && at < WARD_WORD_SIZE; at++) {
		text[at] = (char)tolower((unsigned char)id[at]);
	}
	text[WARD_WORD_SIZE - 1] = '\0';
	return text;
}

/* What an entry may have against it, and no other reason; tests/check_facts.sh
 * finds one that collect/ tells and that is not here. */
static const char *
defect_reason(unsigned int i, char text[WARD_WORD_SIZE])
{
	if (i >= WARD_REASON_COUNT) {
		return NULL;
	}
	return ward_reasons[i].rule == WARD_RULE_ACCOUNT_WELLFORMED ||
		i == WARD_REASON_UNIQUE_GID || i == WARD_REASON_UNIQUE_GROUP ||
		i == WARD_REASON_SHARED_GROUP_PASSWORD ||
		i == WARD_REASON_TRUSTED_HOST ||
		i == WARD_REASON_TRUSTED_UNREAD ?
	    reason_word(i, text) :
	    "";
}

/* By what a sudo rule hands out more than it seems to. */
static const char *
excess_reason(unsigned int i, char text[WARD_WORD_SIZE])
{
	if (i >= WARD_REASON_COUNT) {
		return NULL;
	}
	return i != WARD_REASON_NONE &&
		ward_reasons[i].rule == WARD_RULE_PRIVILEGED_MINIMUM ?
	    reason_word(i, text) :
	    "";
}

static const char *
proof(unsigned int i, char text[WARD_WORD_SIZE])
{
	(void)text;
	return i == WARD_PROOF_UNKNOWN ? "" :
	    i < WARD_PROOF_COUNT       ? ward_proof_name(i) :
					 NULL;
}

/* ---- members ------------------------------------------------------------- */

#define AT(what, member) .offset = offsetof(struct what, member)
#define TEXT(what, member) \
	{ \
		.key = #member, .kind = WARD_MEMBER_TEXT, AT(what, member) \
	}
#define NEEDED_TEXT(what, member) \
	{ \
		.key = #member, .kind = WARD_MEMBER_TEXT, AT(what, member), \
		.required = true \
	}
#define FLAG(what, member) \
	{ \
		.key = #member, .kind = WARD_MEMBER_FLAG, AT(what, member) \
	}
#define NUMBER(what, member, type, least, most) \
	{ \
		.key = #member, .kind = WARD_MEMBER_##type, AT(what, member), \
		.lo = (least), .hi = (most) \
	}
#define NEEDED_NUMBER(what, member, type, least, most) \
	{ \
		.key = #member, .kind = WARD_MEMBER_##type, AT(what, member), \
		.required = true, .lo = (least), .hi = (most) \
	}
#define WORD(what, member, words, needed) \
	{ \
		.key = #member, .kind = WARD_MEMBER_WORD, AT(what, member), \
		.required = (needed), .word = (words) \
	}
#define OBJECT(what, member, its_shape, needed) \
	{ \
		.key = #member, .kind = WARD_MEMBER_OBJECT, AT(what, member), \
		.required = (needed), .shape = (its_shape) \
	}
#define LIST(what, member, counted, its_shape) \
	{ \
		.key = #member, .kind = WARD_MEMBER_LIST, AT(what, member), \
		.shape = (its_shape), .count = offsetof(struct what, counted) \
	}

static const struct ward_member source_members[] = {
	NEEDED_TEXT(ward_source, file),
	NUMBER(ward_source, line, UINT32, 1, UINT32_MAX),
};
static const struct ward_shape source = SHAPE(NULL, source_members,
    struct ward_source);

static const struct ward_member password_members[] = {
	WORD(ward_password_fact, state, password_state, false),
	WORD(ward_password_fact, scheme, hash, false),
	NUMBER(ward_password_fact, cost, OPTIONAL, 0, UINT32_MAX),
	FLAG(ward_password_fact, strange),
};
static const struct ward_shape password = SHAPE(NULL, password_members,
    struct ward_password_fact);

static const struct ward_member path_members[] = {
	WORD(ward_path, kind, path_kind, true),
	NEEDED_TEXT(ward_path, detail),
	OBJECT(ward_path, source, &source, true),
	WORD(ward_path, excess, excess_reason, false),
	TEXT(ward_path, excess_detail),
};
static const struct ward_shape path = SHAPE(NULL, path_members,
    struct ward_path);

static const struct ward_member peer_members[] = {
	NEEDED_TEXT(ward_peer, name),
	OBJECT(ward_peer, source, &source, true),
};
static const struct ward_shape peer = SHAPE(NULL, peer_members,
    struct ward_peer);

static const struct ward_member defect_members[] = {
	WORD(ward_defect, reason, defect_reason, true),
	TEXT(ward_defect, name),
	TEXT(ward_defect, detail),
	OBJECT(ward_defect, source, &source, true),
};
const struct ward_shape ward_facts_defect_shape = SHAPE("defect",
    defect_members, struct ward_defect);

static const struct ward_member account_members[] = {
	NEEDED_TEXT(ward_account, name),
	NUMBER(ward_account, uid, OPTIONAL, 0, UINT32_MAX),
	NUMBER(ward_account, gid, OPTIONAL, 0, UINT32_MAX),
	NEEDED_TEXT(ward_account, home),
	NEEDED_TEXT(ward_account, shell),
	FLAG(ward_account, login_shell),
	FLAG(ward_account, listed_shell),
	OBJECT(ward_account, entry, &source, true),
	FLAG(ward_account, has_shadow),
	OBJECT(ward_account, shadow, &source, false),
	TEXT(ward_account, shadow_why),
	OBJECT(ward_account, password, &password, false),
	FLAG(ward_account, temporary),
	TEXT(ward_account, temporary_why),
	NUMBER(ward_account, revived, OPTIONAL, 0, LAST_SECOND),
	OBJECT(ward_account, record, &source, false),
	NUMBER(ward_account, changed, OPTIONAL, 0, INT32_MAX),
	NUMBER(ward_account, min_age, OPTIONAL, 0, INT32_MAX),
	NUMBER(ward_account, max_age, OPTIONAL, 0, INT32_MAX),
	NUMBER(ward_account, warning, OPTIONAL, 0, INT32_MAX),
	NUMBER(ward_account, inactive, OPTIONAL, 0, INT32_MAX),
	NUMBER(ward_account, expires, OPTIONAL, 0, INT32_MAX),
	WORD(ward_account, use, use, false),
	NUMBER(ward_account, last_use, INT64, 0, LAST_SECOND),
	OBJECT(ward_account, use_source, &source, false),
	TEXT(ward_account, use_why),
	FLAG(ward_account, keys_known),
	NUMBER(ward_account, key_count, SIZE, 0, UINT32_MAX),
	OBJECT(ward_account, key_source, &source, false),
	TEXT(ward_account, key_why),
	NUMBER(ward_account, key_owner_count, SIZE, 0, UINT32_MAX),
	TEXT(ward_account, key_owners),
	WORD(ward_account, home_state, home_state, false),
	NUMBER(ward_account, home_owner, OPTIONAL, 0, UINT32_MAX),
	NUMBER(ward_account, home_mode, UINT32, 0, 07777),
	WORD(ward_account, home_group, home_group, false),
	FLAG(ward_account, home_open),
	TEXT(ward_account, home_why),
	FLAG(ward_account, trust_known),
	OBJECT(ward_account, trust_source, &source, false),
	TEXT(ward_account, trust_detail),
	TEXT(ward_account, trust_why),
	NUMBER(ward_account, failures, OPTIONAL, 0, INT64_MAX),
	NUMBER(ward_account, last_failure, INT64, 0, LAST_SECOND),
	OBJECT(ward_account, failure_source, &source, false),
	TEXT(ward_account, failure_why),
	WORD(ward_account, guess, guess, false),
	LIST(ward_account, paths, path_count, &path),
	FLAG(ward_account, privileged_kept),
	LIST(ward_account, defects, defect_count, &ward_facts_defect_shape),
	OBJECT(ward_account, same_uid, &peer, false),
	OBJECT(ward_account, same_name, &peer, false),
	OBJECT(ward_account, same_hash, &peer, false),
};
const struct ward_shape ward_facts_account_shape = SHAPE("account",
    account_members, struct ward_account);

static const struct ward_member step_members[] = {
	OBJECT(ward_service_step, source, &source, true),
	TEXT(ward_service_step, module),
	TEXT(ward_service_step, code),
};
static const struct ward_shape step = SHAPE(NULL, step_members,
    struct ward_service_step);

static const struct ward_member claim_members[] = {
	WORD(ward_claim, proof, proof, false),
	NUMBER(ward_claim, number, OPTIONAL, 0, UINT32_MAX),
	NUMBER(ward_claim, seconds, OPTIONAL, 0, UINT32_MAX),
	FLAG(ward_claim, by_plan),
	OBJECT(ward_claim, source, &source, false),
	TEXT(ward_claim, why),
	LIST(ward_claim, steps, step_count, &step),
};
static const struct ward_shape claim = SHAPE(NULL, claim_members,
    struct ward_claim);

/* Under the name that ward_claim_name() has for it. */
#define CLAIM(id, name) \
	{ \
		.key = (name), .kind = WARD_MEMBER_OBJECT, \
		.offset = WARD_CLAIM_##id * sizeof(struct ward_claim), \
		.shape = &claim \
	}
static const struct ward_member claims_members[] = {
	CLAIM(MIN_LENGTH, "min_length"),
	CLAIM(MIN_CLASSES, "min_classes"),
	CLAIM(NAME, "no_account_name"),
	CLAIM(WEAK, "weak"),
	CLAIM(HISTORY, "history"),
	CLAIM(LOCKED, "locked"),
	CLAIM(COUNTED, "counted"),
	CLAIM(RIGHT, "right"),
	CLAIM(RESET, "reset"),
	CLAIM(ASKED, "asked"),
	CLAIM(EMPTY, "empty"),
	CLAIM(ENDED, "ended"),
	CLAIM(CHANGE, "change"),
};
static const struct ward_shape claims = SHAPE(NULL, claims_members,
    struct ward_claim[WARD_CLAIM_COUNT]);

#define CLAIMS(who, name) \
	{ \
		.key = (name), .kind = WARD_MEMBER_OBJECT, \
		.offset = offsetof(struct ward_service, claims) + \
		    (who) * sizeof(struct ward_claim[WARD_CLAIM_COUNT]), \
		.shape = &claims \
	}
static const struct ward_member service_members[] = {
	NEEDED_TEXT(ward_service, name),
	OBJECT(ward_service, source, &source, false),
	FLAG(ward_service, fragment),
	CLAIMS(WARD_BY_USER, "user"),
	CLAIMS(WARD_BY_ROOT, "root"),
};
const struct ward_shape ward_facts_service_shape = SHAPE("service",
    service_members, struct ward_service);

static const struct ward_member head_members[] = {
	NEEDED_TEXT(ward_facts_head, schema),
	NEEDED_TEXT(ward_facts_head, tool),
	NEEDED_TEXT(ward_facts_head, host),
	NEEDED_TEXT(ward_facts_head, as_of),
	TEXT(ward_facts_head, collected), /* older ones have none */
	NEEDED_NUMBER(ward_facts_head, uid_min, UINT32, 0, UINT32_MAX),
	NEEDED_NUMBER(ward_facts_head, uid_max, UINT32, 0, UINT32_MAX),
	NEEDED_TEXT(ward_facts_head, root_groups),
	FLAG(ward_facts_head, words_tried),
	TEXT(ward_facts_head, door_plan),
};
const struct ward_shape ward_facts_head_shape = SHAPE("snapshot", head_members,
    struct ward_facts_head);

static const struct ward_member end_members[] = {
	NEEDED_NUMBER(ward_facts_end, accounts, INT64, 0, INT64_MAX),
	NEEDED_NUMBER(ward_facts_end, defects, INT64, 0, INT64_MAX),
	NUMBER(ward_facts_end, services, INT64, 0, INT64_MAX),
};
const struct ward_shape ward_facts_end_shape = SHAPE("end", end_members,
    struct ward_facts_end);
