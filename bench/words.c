/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * words LIST DICTIONARY [COUNT]: how often random strong passwords are taken
 * for weak ones, what looking takes, beside libpwquality alone, and memory.
 */
#include <pwquality.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "policy/borrow.h"
#include "policy/weak.h"
#include "policy/weak_parts.h"

struct quality {
	pwquality_settings_t *(*new)(void);
	int (*set)(pwquality_settings_t *, int, const char *);
	int (*check)(pwquality_settings_t *, const char *, const char *,
	    const char *, void **);
	int (*generate)(pwquality_settings_t *, int, char **);
	void (*free)(pwquality_settings_t *);
};

static uint64_t seed = 88172645463325252U;

static unsigned int
below(unsigned int n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned int)((seed >> 20) % n);
}

static int
classes(const char *text)
{
	int seen = 0;

	for (; *text != '\0'; text++) {
		seen |= *text >= 'a' && *text <= 'z' ? 1 :
		    *text >= 'A' && *text <= 'Z'     ? 2 :
		    *text >= '0' && *text <= '9'     ? 4 :
						       8;
	}
	return __builtin_popcount((unsigned int)seen);
}

static void
make(char *text, size_t size, bool plain, int least)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789";

	do {
		for (size_t i = 0; i < size; i++) {
			text[i] = plain ? letters[below(62)] :
					  (char)(33 + below(94));
		}
		text[size] = '\0';
	} while (classes(text) < least);
}

static double
now(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}

static long
resident(void)
{
	long pages = 0, all = 0;
	FILE *file = fopen("/proc/self/statm", "re");

	if (file != NULL) {
		if (fscanf(file, "%ld %ld", &all, &pages) != 2) {
			pages = 0;
		}
		(void)fclose(file);
	}
	return pages * sysconf(_SC_PAGESIZE) / 1024;
}

static const struct {
	const char *name;
	size_t size;
	bool plain;
	int least, bits;
} kinds[] = {
	{ "8 printable, 3 classes", 8, false, 3, 0 },
	{ "8 letters and digits", 8, true, 1, 0 },
	{ "12 printable", 12, false, 1, 0 },
	{ "16 printable", 16, false, 1, 0 },
	{ "libpwquality, 56 bits", 0, false, 0, 56 },
	{ "libpwquality, 64 bits", 0, false, 0, 64 },
};

int
main(int argc, char **argv)
{
	struct quality q = { 0 };
	const struct ward_borrowed names[] = {
		{ "pwquality_default_settings", &q.new },
		{ "pwquality_set_str_value", &q.set },
		{ "pwquality_check", &q.check },
		{ "pwquality_generate", &q.generate },
		{ "pwquality_free_settings", &q.free },
	};
	struct ward_error err = { .language = WARD_ENGLISH };
	const struct ward_candidate_of of = { .name = "nobody" };
	const size_t count = argc > 3 ? strtoul(argv[3], NULL, 10) : 20000;
	struct ward_weak_places places = { 0 };
	struct ward_weak *weak = NULL;
	struct ward_plan *plan = NULL;
	pwquality_settings_t *settings;
	struct ward_list list;
	static const char text[] = "[plan]\nid = BENCH\ntitle = t\nagency = a\n"
				   "version = 1\n[password.weak]\n"
				   "clause = 1\n";
	long before = resident();

	if (argc < 3 || ward_borrow("libpwquality.so.1", names, 5, &err) != 0 ||
	    ward_list_open(argv[1], &list, &err) != 0 ||
	    ward_plan_parse("bench", text, strlen(text), &plan, &err) != 0) {
		(void)fprintf(stderr, "words: %s\n", err.text);
		return 1;
	}
	places.words = argv[1];
	places.dictionary = argv[2];
	settings = q.new();
	(void)q.set(settings, PWQ_SETTING_DICT_PATH, argv[2]);
	(void)printf(
	    "| random passwords | refused by words | and cracklib | us, "
	    "words | us, all | us, libpwquality | ratio |\n");
	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
		size_t bad = 0, all_bad = 0;
		double cut = 0, all = 0, theirs = 0;

		for (size_t i = 0; i < count; i++) {
			char text_of[64];
			char *made = NULL;
			enum ward_weakness weakness = WARD_WEAK_UNKNOWN;
			const char *why = NULL;
			double t;

			if (kinds[k].bits == 0) {
				make(text_of, kinds[k].size, kinds[k].plain,
				    kinds[k].least);
			} else if (q.generate(settings, kinds[k].bits, &made) ==
			    0) {
				(void)snprintf(text_of, sizeof(text_of), "%s",
				    made);
				free(made);
			}
			t = now();
			bad += ward_cut(&list, text_of, strlen(text_of),
				   NULL) != WARD_WEAK_NOT;
			cut += now() - t;
			t = now();
			if (ward_weak_open(plan, &places, &weak, &err) != 0 ||
			    ward_weak_find(weak, &of, text_of, strlen(text_of),
				&weakness, &why, &err) != 0) {
				(void)fprintf(stderr, "words: %s\n", err.text);
				return 1;
			}
			ward_weak_free(weak);
			all += now() - t;
			all_bad += weakness != WARD_WEAK_NOT;
			t = now();
			pwquality_settings_t *own = q.new();
			(void)q.set(own, PWQ_SETTING_DICT_PATH, argv[2]);
			(void)q.check(own, text_of, NULL, "nobody", NULL);
			q.free(own);
			theirs += now() - t;
		}
		(void)printf("| %s | %zu of %zu | %zu | %.1f | %.0f | %.0f | "
			     "%.2f |\n",
		    kinds[k].name, bad, count, all_bad, cut / (double)count,
		    all / (double)count, theirs / (double)count, all / theirs);
	}
	(void)printf("resident: %ld KiB before, %ld KiB after\n", before,
	    resident());
	ward_plan_free(plan);
	return 0;
}
