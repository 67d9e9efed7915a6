/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every account of the host, in the order of passwd(5), kept small: at a
 * million accounts each byte here is a megabyte.
 */
#ifndef WARD_ACCOUNTS_H
#define WARD_ACCOUNTS_H

#include "collect/accounts/guess.h"
#include "collect/base/hash.h"
#include "collect/accounts/notes.h"
#include "collect/base/numbers.h"
#include "collect/accounts/peers.h"
#include "collect/base/pool.h"
#include "collect/base/strings.h"
#include "collect/base/table.h"
#include "policy/policy.h"

/* A line of passwd(5), and what others tell of it: 40 bytes. */
struct ward_entry {
	const char *name;
	uint32_t home;  /* in homes; with home_by_name: all but name */
	uint32_t shell; /* in shells */
	uint32_t uid, gid, line;
	uint32_t last_use; /* seconds, as lastlog and wtmp have them */
	uint32_t cost;     /* this and the next four: the password's */
	enum ward_password_state state : 4;
	enum ward_hash_scheme scheme : 8;
	unsigned int cost_known : 1;
	unsigned int strange : 1;
	enum ward_use use : 4;
	enum ward_file use_file : 4;
	unsigned int home_by_name : 1; /* home is home/name */
	unsigned int shadowed : 1;     /* the password stands in shadow(5) */
	unsigned int name_twice : 1;   /* another before it has the name */
	unsigned int use_hidden : 1;   /* a log-in there is no telling when */
	unsigned int uid_twice : 1;    /* the same of the uid */
	unsigned int shadow_dead : 1;  /* has a line there that is dropped */
	enum ward_guess guess : 2;     /* of its password */
	unsigned int name_cut : 1;     /* utmp(5) can't tell it from others */
};

/* A line of shadow(5), but for its password; line 0: there is none. */
struct ward_aging {
	uint32_t line;
	int32_t changed, min_age, max_age, warning, inactive, expires;
};

/* What stands for an empty field of struct ward_aging. */
#define WARD_AGING_EMPTY (-1)

struct ward_accounts {
	struct ward_pool *pool; /* names */
	struct ward_strings *homes, *shells;
	struct ward_entry *list;
	uint32_t count, room;
	struct ward_table *by_name;  /* the first of each name */
	struct ward_numbers *by_uid; /* the first of each uid */
	struct ward_aging *aging;    /* one an entry; NULL: not read */

	/* Only while passwd(5) and shadow(5) are read: keyed fingerprints of
	 * the password hashes, one an entry. */
	struct ward_hash_key print_key;
	uint64_t *prints;
	uint32_t print_room;
	struct ward_table *by_print;
	struct ward_guesser *guesser; /* NULL: no words are tried */

	bool marked;     /* to be set before the first account is added */
	uint64_t *marks; /* ward_password_mark(), one an entry; NULL: not
			  * asked for */
	uint32_t mark_room;

	struct ward_peers *peers;
	struct ward_notes notes;
};

int ward_accounts_new(struct ward_accounts **ret_accounts);
void ward_accounts_free(struct ward_accounts *accounts);

/* What a line of passwd(5) says, to the C library. */
struct ward_passwd_line {
	const char *name, *password, *comment, *home, *shell;
	uint32_t uid, gid, line;
};

/* Append it; its index goes to *ret_index. Doubles of name, uid and hash are
 * found here, those of the last one by ward_accounts_flush(). */
int ward_accounts_add(struct ward_accounts *accounts,
    const struct ward_passwd_line *line, uint32_t *ret_index);
/* The end of a file: until then, the last account is not found by its name. */
int ward_accounts_flush(struct ward_accounts *accounts);
/* The first account of this name, or uid, or WARD_TABLE_NONE. */
uint32_t ward_accounts_find(const struct ward_accounts *accounts,
    const char *name, size_t size);
/* The same; looks first at *hint, behind the last one found: most files are in
 * the order of passwd(5). */
uint32_t ward_accounts_find_near(const struct ward_accounts *accounts,
    const char *name, size_t size, uint32_t *hint);
uint32_t ward_accounts_find_uid(const struct ward_accounts *accounts,
    uint32_t uid);
/* The account to which getpwnam(3) leads by this one's name. */
uint32_t ward_accounts_main(const struct ward_accounts *accounts,
    uint32_t index);

/* Give it its line of shadow(5); `field` is the password field. Before the
 * first one, ward_accounts_want_aging() makes the room. */
int ward_accounts_want_aging(struct ward_accounts *accounts);
int ward_accounts_set_aging(struct ward_accounts *accounts, uint32_t index,
    const struct ward_aging *aging, const char *field);
/* The line of shadow(5) that holds for this account, or NULL. */
const struct ward_aging *ward_accounts_aging(const struct ward_accounts
						 *accounts,
    uint32_t index);
/* What the field that holds for this account says, in passwd or shadow. */
struct ward_password_fact ward_accounts_fact(const struct ward_accounts
						 *accounts,
    uint32_t index);
/* ward_password_mark() of that field; 0: not known, or not asked for. */
uint64_t ward_accounts_mark(const struct ward_accounts *accounts,
    uint32_t index);
/* What came of trying words on it. */
enum ward_guess ward_accounts_guess(const struct ward_accounts *accounts,
    uint32_t index);

/* Somebody used the account at this time: the latest counts. */
void ward_accounts_used(struct ward_accounts *accounts, uint32_t index,
    uint32_t seconds, enum ward_file file);

/* No more passwords or notes will come: drop what only they needed, and put
 * the notes in the order of the accounts. */
void ward_accounts_settle(struct ward_accounts *accounts);

#endif
