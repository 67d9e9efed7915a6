/* SPDX-License-Identifier: BSD-2-Clause */
/* What weak.c is made of; each part is a file. */
#ifndef WARD_WEAK_PARTS_H
#define WARD_WEAK_PARTS_H

#include "policy.h"

/* ---- weak_list.c: the words shipped with acctward ------------------------ */

/* Sorted lines, "WORD<TAB>BITS", mapped and never loaded; less the last one,
 * by which it is told that they are all there. */
struct ward_list {
	const char *bytes;
	size_t size;
	size_t mapped;
};

/* The lines that begin with what has been followed so far. */
struct ward_list_at {
	size_t begin, end, depth;
};

int ward_list_open(const char *path, struct ward_list *ret_list,
    struct ward_error *err);
void ward_list_close(struct ward_list *list);
struct ward_list_at ward_list_start(const struct ward_list *list);
/* One byte on. False: no word goes on with it. */
bool ward_list_step(const struct ward_list *list, struct ward_list_at *at,
    char c);
/* The bits of the word that ends here, or -1. */
int ward_list_bits(const struct ward_list *list, const struct ward_list_at *at);

/* ---- weak_cut.c: how soon is it guessed? ------------------------------- */

/* Of longer ones only so many bytes are taken apart. */
#define WARD_CUT_MAX 128
/* The cheapest way to guess the password up to here: all costs in tenths of
 * bits. */
struct ward_cut_step {
	int cost;
	size_t from;
	enum ward_weakness weakness; /* UNKNOWN: tried one by one */
};

struct ward_cut {
	const struct ward_list *list; /* or NULL */
	size_t size;
	char raw[WARD_CUT_MAX];
	char lower[WARD_CUT_MAX];
	char folded[WARD_CUT_MAX];
	int plain[WARD_CUT_MAX + 1]; /* tried one by one, up to here */
	bool tail[WARD_CUT_MAX + 1]; /* what people put behind a word */
	struct ward_cut_step best[WARD_CUT_MAX + 1];
};

/*
 * WARD_WEAK_NOT, or what makes it cheap. *ret_cost, if not NULL, is what
 * guessing it takes, in tenths of bits.
 */
enum ward_weakness ward_cut(const struct ward_list *list, const char *password,
    size_t size, int *ret_cost);

/* A way to guess the bytes from..to at once. */
void ward_cut_offer(struct ward_cut *cut, size_t from, size_t to, int cost,
    enum ward_weakness weakness);
/* Ten times the logarithm to the base of 2, of 1 to 255. */
int ward_cut_log2(size_t n);
/* What upper case in these bytes costs. */
int ward_cut_case(const struct ward_cut *cut, size_t from, size_t to);

/* weak_tail.c: find what may stand behind a word, and offer it. */
void ward_cut_find_tails(struct ward_cut *cut);
void ward_cut_tails(struct ward_cut *cut, size_t from);
/* weak_keys.c: offer the runs on the keyboard, of letters and of digits that
 * begin there. */
void ward_cut_keys(struct ward_cut *cut, size_t from);
/* weak_number.c: offer the dates, ids and telephone numbers that do. */
void ward_cut_numbers(struct ward_cut *cut, size_t from);

/* ---- weak_agency.c: the words that the plan forbids ---------------------- */

struct ward_agency;

/* Of all documents that bind, for all classes; *ret_agency is NULL where
 * there are none. */
int ward_agency_new(const struct ward_plan *plan,
    struct ward_agency **ret_agency, struct ward_error *err);
void ward_agency_free(struct ward_agency *agency);
bool ward_agency_has(const struct ward_agency *agency, const char *password,
    size_t size);

/* ---- weak_breached.c: SHA-1 in hexadecimal, ordered by hash -------------- */

#define WARD_SHA1_SIZE 20

struct ward_breached {
	int fd;
	int64_t size;
	struct ward_breached *next;
};

int ward_breached_open(const char *path, struct ward_breached **ret_list,
    struct ward_error *err);
/* All of them. */
void ward_breached_free(struct ward_breached *list);
/* WARD_ERR_IO or WARD_ERR_SYNTAX: where it was looked, the file is torn or
 * not in order, and what was found says nothing. */
int ward_breached_find(const struct ward_breached *list,
    const unsigned char hash[WARD_SHA1_SIZE], bool *ret_found);
/* weak_hash.c: how long the line is with its end; 0: it is none. The file's
 * last one may lack its end. */
size_t ward_hash_line(const char *text, size_t size, bool last,
    unsigned char ret_hash[WARD_SHA1_SIZE]);
/* WARD_ERR_MISSING: there is no library to do it. */
int ward_sha1(const char *bytes, size_t size,
    unsigned char ret_hash[WARD_SHA1_SIZE]);

/* ---- weak_quality.c: libpwquality and cracklib --------------------------- */

/*
 * Can cracklib be let loose on it? It trusts its files wholly, and talks to
 * standard error where it can't read them. WARD_ERR_MISSING: it is not there,
 * torn, or others may write it. WARD_ERR_IO, WARD_ERR_NOMEM: it may well be
 * there, and could not be read now.
 */
int ward_dictionary_check(const char *dictionary, struct ward_error *err);
/* weak_core.c: is it a word of a sound dictionary, of at least so many letters,
 * with little more than digits and signs around it? */
int ward_dictionary_core(const char *dictionary, const char *password,
    size_t size, size_t least, bool *ret_found);
/* Are the letters between digits and signs one of at least so many letters, or
 * backwards, with at most one letter too many at one end? Two, where there are
 * letters only. */
int ward_dictionary_within(const char *dictionary, const char *password,
    size_t size, size_t least, bool *ret_found);
/* weak_residue.c: what cracklib leaves of a password in its own memory. */
struct ward_residue {
	void *variables, *before;
	size_t size;
};

void ward_residue_keep(struct ward_residue *ret_residue);
void ward_residue_wipe(struct ward_residue *residue);
/* The blocks of the heap that libpwquality takes for a password of that size:
 * make room for them, so that they can be found again; and wipe them. */
void ward_residue_reserve(size_t size);
void ward_residue_wipe_heap(size_t size);
/* `dictionary` may be NULL: none is asked. *ret_why as of ward_weak_find(). */
int ward_quality_find(const char *dictionary,
    const struct ward_candidate_of *of, const char *password, size_t size,
    enum ward_weakness *ret_weakness, const char **ret_why,
    struct ward_error *err);

#endif
