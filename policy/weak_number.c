/* SPDX-License-Identifier: BSD-2-Clause */
/* Dates of both calendars, national ids, telephone numbers. */
#include "weak_parts.h"

#include <string.h>

static bool
digit_at(const struct ward_cut *cut, size_t at)
{
	return at < cut->size && cut->raw[at] >= '0' && cut->raw[at] <= '9';
}

/* How many stand here, and neither in front nor behind any more of them. */
static size_t
digits_at(const struct ward_cut *cut, size_t from)
{
	size_t to = from;

	if (from > 0 && digit_at(cut, from - 1)) {
		return 0;
	}
	while (digit_at(cut, to)) {
		to++;
	}
	return to - from;
}

/* ---- dates ----------------------------------------------------------------- */

struct date {
	unsigned int year, month, day;
	size_t year_digits;
};

/*
 * y, m, d: a digit of year, month, day. M, D: one or two digits. "-": a sign
 * that parts them, and the same one each time. n, u, r: the characters of year,
 * month and day.
 */
static const struct {
	const char *form;
	int cost;
} forms[] = {
	{ "yyyymmdd", 140 },
	{ "ddmmyyyy", 150 },
	{ "mmddyyyy", 150 },
	{ "yyymmdd", 140 }, /* of the Republic of China: 0770520, 1130520 */
	{ "yymmdd", 140 },
	{ "ddmmyy", 150 },
	{ "mmddyy", 150 },
	{ "yyyymm", 100 },
	{ "mmyyyy", 110 },
	{ "yyyy", 65 },
	{ "yyyy-M-D", 145 },
	{ "yyy-M-D", 130 },
	{ "yy-M-D", 130 },
	{ "D-M-yyyy", 150 },
	{ "M-D-yyyy", 150 },
	{ "yyyy-M", 105 },
	{ "M-D", 100 },
	{ "yyyynMuDr", 150 },
	{ "yyynMuDr", 145 },
	{ "yynMuDr", 145 },
	{ "MuDr", 100 },
	{ "yyyynMu", 110 },
	{ "yyyyn", 80 },
};

#define RECENT 15
#define INITIALS_MAX 3

/* What stands in front of a date. */
static const char *const eras[] = { "roc", "\u6c11\u570b" };

/* How many bytes of the text stand here, or 0. */
static size_t
text_at(const struct ward_cut *cut, size_t at, const char *text)
{
	const size_t size = strlen(text);

	return size <= cut->size - at &&
		memcmp(cut->lower + at, text, size) == 0 ?
	    size :
	    0;
}

static size_t
character_at(const struct ward_cut *cut, size_t at, char form)
{
	return form == 'n' ? text_at(cut, at, "\u5e74") :
	    form == 'u'    ? text_at(cut, at, "\u6708") :
			     text_at(cut, at, "\u65e5");
}

static bool
add_digit(const struct ward_cut *cut, size_t at, unsigned int *part)
{
	if (!digit_at(cut, at)) {
		return false;
	}
	*part = *part * 10 + (unsigned int)(cut->raw[at] - '0');
	return true;
}

/* Where the date of this form ends; 0: there is none. */
static size_t
read_form(const struct ward_cut *cut, size_t at, const char *form,
    struct date *date)
{
	char sign = '\0';

	for (; *form != '\0'; form++, at++) {
		unsigned int *part = *form == 'y' ? &date->year :
		    *form == 'm' || *form == 'M'  ? &date->month :
						    &date->day;

		if (strchr("nur", *form) != NULL) {
			const size_t size = at > cut->size ?
			    0 :
			    character_at(cut, at, *form);

			if (size == 0) {
				return 0;
			}
			at += size - 1;
			continue;
		}
		if (*form == '-') {
			if (at >= cut->size || cut->raw[at] == '\0' ||
			    strchr("/-. ", cut->raw[at]) == NULL ||
			    (sign != '\0' && sign != cut->raw[at])) {
				return 0;
			}
			sign = cut->raw[at];
			continue;
		}
		if (!add_digit(cut, at, part)) {
			return 0;
		}
		date->year_digits += *form == 'y';
		if ((*form == 'M' || *form == 'D') &&
		    add_digit(cut, at + 1, part)) {
			at++;
		}
	}
	return at;
}

static bool
is_date(const struct date *date, const char *form)
{
	static const unsigned char days[] = { 31, 29, 31, 30, 31, 30, 31, 31,
		30, 31, 30, 31 };
	const bool month = strpbrk(form, "mM") != NULL;
	const bool day = strpbrk(form, "dD") != NULL;

	if (date->year_digits == 4 &&
	    (date->year < 1900 || date->year > 2059)) {
		return false;
	}
	/* Nobody alive was born before the first year of the Republic. */
	if (date->year_digits == 3 && (date->year < 1 || date->year > 148)) {
		return false;
	}
	if (month && (date->month < 1 || date->month > 12)) {
		return false;
	}
	return !day || (date->day >= 1 && date->day <= days[date->month - 1]);
}

/* Of the years in which passwords are set there are few. */
static bool
is_recent(const struct date *date)
{
	return (date->year_digits == 4 && date->year >= 2015 &&
		   date->year <= 2030) ||
	    (date->year_digits == 3 && date->year >= 104 && date->year <= 119);
}

/* Of dates that stand `before` bytes behind where they are offered from; what
 * these bytes are costs so much. */
static void
offer_dates(struct ward_cut *cut, size_t from, size_t before, int cost)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct date date = { 0 };
		size_t to = read_form(cut, from + before, forms[i].form, &date);

		if (to != 0 && is_date(&date, forms[i].form)) {
			ward_cut_offer(cut, from, to,
			    forms[i].cost - (is_recent(&date) ? RECENT : 0) +
				cost + ward_cut_case(cut, from, to),
			    WARD_WEAK_DATE);
		}
	}
}

static void
offer_eras(struct ward_cut *cut, size_t from)
{
	for (size_t i = 0; i < sizeof(eras) / sizeof(*eras); i++) {
		const size_t size = text_at(cut, from, eras[i]);

		if (size != 0) {
			offer_dates(cut, from, size, 30);
		}
	}
}

/* Somebody's initials, and six digits and more. */
static void
offer_initials(struct ward_cut *cut)
{
	size_t letters = 0, digits = 0;

	while (letters < cut->size && letters <= INITIALS_MAX &&
	    cut->lower[letters] >= 'a' && cut->lower[letters] <= 'z') {
		letters++;
	}
	while (digit_at(cut, letters + digits)) {
		digits++;
	}
	if (letters > 0 && letters <= INITIALS_MAX && digits >= 6) {
		offer_dates(cut, 0, letters, 40 * (int)letters);
	}
}

/* ---- national ids ---------------------------------------------------------- */

#define ID_SIZE 10
#define NUMBER_COST 140
#define PART_COST 170

/* The letter's number: the order in which counties and cities got theirs. */
static unsigned int
letter_number(char c)
{
	static const char letters[] = "abcdefghjklmnpqrstuvxywzio";
	const char *at = c == '\0' ? NULL : strchr(letters, c);

	return at == NULL ? 0 : (unsigned int)(at - letters) + 10;
}

/* Nine digits of which the first one tells man or woman: some letter in front
 * makes them an id, which may as well stand behind. */
static void
offer_id_digits(struct ward_cut *cut, size_t from)
{
	const char first = cut->raw[from];
	const size_t to = from + ID_SIZE - 1;

	/* With a letter in front the digits have to fit. */
	if ((first != '1' && first != '2') ||
	    digits_at(cut, from) != ID_SIZE - 1 ||
	    (from > 0 && letter_number(cut->lower[from - 1]) != 0)) {
		return;
	}
	ward_cut_offer(cut, from, to, PART_COST, WARD_WEAK_NUMBER);
	if (to < cut->size && letter_number(cut->lower[to]) != 0) {
		ward_cut_offer(cut, from, to + 1, PART_COST, WARD_WEAK_NUMBER);
	}
}

/*
 * A letter, 1 or 2 (8 or 9: of residents from abroad; A to D: of those until
 * 2020) and eight digits, of which the last one checks the others.
 */
static bool
is_id(const char id[ID_SIZE])
{
	const unsigned int letter = letter_number(id[0]);
	unsigned int sum;

	if (letter == 0 || id[1] == '\0' || strchr("1289abcd", id[1]) == NULL) {
		return false;
	}
	sum = letter / 10 + letter % 10 * 9 +
	    8 *
		(id[1] >= 'a' ? letter_number(id[1]) % 10 :
				(unsigned int)(id[1] - '0'));
	for (size_t i = 2; i < ID_SIZE; i++) {
		if (id[i] < '0' || id[i] > '9') {
			return false;
		}
		sum += (unsigned int)(id[i] - '0') *
		    (i == ID_SIZE - 1 ? 1 : (unsigned int)(ID_SIZE - 1 - i));
	}
	return sum % 10 == 0;
}

/* Signs that part it are left out. */
static void
offer_id(struct ward_cut *cut, size_t from)
{
	char id[ID_SIZE], back[ID_SIZE];
	size_t to = from, size = 0;

	for (; to < cut->size && size < ID_SIZE; to++) {
		if (size == 0 || strchr("- .", cut->raw[to]) == NULL) {
			back[ID_SIZE - 1 - size] = cut->lower[to];
			id[size++] = cut->lower[to];
		}
	}
	if (size == ID_SIZE && (is_id(id) || is_id(back))) {
		ward_cut_offer(cut, from, to, NUMBER_COST, WARD_WEAK_NUMBER);
	}
	explicit_bzero(id, sizeof(id));
	explicit_bzero(back, sizeof(back));
}

/* ---- licence plates -------------------------------------------------------- */

#define PLATE_COST 190

static bool
alnum_at(const struct ward_cut *cut, size_t at)
{
	const char c = at < cut->size ? cut->lower[at] : ' ';

	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80;
}

/* Cars, motorcycles and what was given out before: letters in one case and
 * digits. Within a word they would be chance. */
static void
offer_plates(struct ward_cut *cut, size_t from)
{
	static const char *const plates[] = { "aaa-####", "aaa-###", "###-aaa",
		"aa-####", "####-aa", "a#-####", "#a-####", "####-a#",
		"####-#a" };

	if (from > 0 && alnum_at(cut, from - 1)) {
		return;
	}
	for (size_t i = 0; i < sizeof(plates) / sizeof(*plates); i++) {
		size_t at = from;
		const char *form = plates[i];

		for (; *form != '\0'; form++) {
			const bool letter = at < cut->size &&
			    cut->lower[at] >= 'a' && cut->lower[at] <= 'z';

			if (*form == '-') {
				at += at < cut->size && cut->raw[at] == '-';
				continue;
			}
			if (*form == '#' ? !digit_at(cut, at) : !letter) {
				break;
			}
			at++;
		}
		if (*form == '\0' && !alnum_at(cut, at)) {
			ward_cut_offer(cut, from, at,
			    PLATE_COST + ward_cut_case(cut, from, at),
			    WARD_WEAK_NUMBER);
		}
	}
}

/* ---- telephone numbers ----------------------------------------------------- */

/* #: a digit; "-": one of the signs people put there, or none; "(": that, or
 * none. */
static const char *const phones[] = { "09##-###-###", "+8869##-###-###",
	"+886-9##-###-###", "8869##-###-###", "(02-####-####", "(03-###-####",
	"(037-###-###", "(04-###-####", "(04-####-####", "(049-####-###",
	"(049-###-####", "(05-###-####", "(06-###-####", "(07-###-####",
	"(08-###-####", "(082-###-###", "(0836-##-###", "(089-###-###",
	"0800-###-###", "0809-###-###", "+886-2-####-####", "886-2-####-####",
	"+886-#-###-####" };

static size_t
read_phone(const struct ward_cut *cut, size_t at, const char *form)
{
	for (; *form != '\0'; form++) {
		if (*form == '-' || *form == '(') {
			if (at < cut->size && cut->raw[at] != '\0' &&
			    strchr(*form == '(' ? "(" : "- .)", cut->raw[at]) !=
				NULL) {
				at++;
			}
			continue;
		}
		if (*form == '#' ? !digit_at(cut, at) :
				   at >= cut->size || cut->raw[at] != *form) {
			return 0;
		}
		at++;
	}
	return at;
}

static void
offer_phones(struct ward_cut *cut, size_t from)
{
	for (size_t i = 0; i < sizeof(phones) / sizeof(*phones); i++) {
		size_t to = read_phone(cut, from, phones[i]);

		if (to != 0) {
			ward_cut_offer(cut, from, to, NUMBER_COST,
			    WARD_WEAK_NUMBER);
		}
	}
	/* Without what it begins with. */
	if (digits_at(cut, from) == 8) {
		ward_cut_offer(cut, from, from + 8, PART_COST,
		    WARD_WEAK_NUMBER);
	}
}

void
ward_cut_numbers(struct ward_cut *cut, size_t from)
{
	if (digit_at(cut, from) || strchr("+(", cut->raw[from]) != NULL) {
		offer_dates(cut, from, 0, 0);
		offer_phones(cut, from);
		offer_id_digits(cut, from);
	} else {
		offer_eras(cut, from);
		if (from == 0) {
			offer_initials(cut);
		}
	}
	offer_id(cut, from);
	offer_plates(cut, from);
}
