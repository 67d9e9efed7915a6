/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Moments and days, by the proleptic Gregorian calendar, with no clock and no
 * zone file. The day arithmetic counts years from March, so that the leap day
 * is the last of its year.
 */
#include "policy.h"

#include <string.h>

#define DAY_SECONDS 86400
#define ERA_DAYS 146097    /* 400 years */
#define EPOCH_SHIFT 719468 /* 0000-03-01 to 1970-01-01 */

struct date {
	int64_t year;
	unsigned int month, day; /* from 1 */
};

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t
day_from_date(struct date date)
{
	int64_t year = date.year - (date.month <= 2);
	int64_t era = floor_div(year, 400);
	int64_t of_era = year - era * 400;
	int64_t month = (date.month + 9) % 12;
	int64_t of_year = (153 * month + 2) / 5 + date.day - 1;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - EPOCH_SHIFT;
}

static struct date
date_from_day(int64_t day)
{
	int64_t shifted = day + EPOCH_SHIFT;
	int64_t era = floor_div(shifted, ERA_DAYS);
	int64_t of_era = shifted - era * ERA_DAYS;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 -
			   of_era / 146096) /
	    365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct date date;

	date.day = (unsigned int)(of_year - (153 * month + 2) / 5 + 1);
	date.month = (unsigned int)(month < 10 ? month + 3 : month - 9);
	date.year = year + era * 400 + (date.month <= 2);
	return date;
}

static unsigned int
month_length(int64_t year, unsigned int month)
{
	static const unsigned char lengths[12] = { 31, 28, 31, 30, 31, 30, 31,
		31, 30, 31, 30, 31 };

	if (month == 2 && year % 4 == 0 &&
	    (year % 100 != 0 || year % 400 == 0)) {
		return 29;
	}
	return lengths[month - 1];
}

int64_t
ward_day_of(int64_t seconds)
{
	return floor_div(seconds, DAY_SECONDS);
}

int64_t
ward_day_add_months(int64_t day, unsigned int months)
{
	struct date date = date_from_day(day);
	unsigned int month = date.month - 1 + months;
	unsigned int length;

	date.year += month / 12;
	date.month = month % 12 + 1;
	length = month_length(date.year, date.month);
	if (date.day > length) {
		date.day = length;
	}
	return day_from_date(date);
}

void
ward_day_format(int64_t day, char text[WARD_DAY_SIZE])
{
	struct date date = date_from_day(day);

	(void)snprintf(text, WARD_DAY_SIZE, "%04lld-%02u-%02u",
	    (long long)date.year, date.month % 100, date.day % 100);
}

void
ward_moment_format(struct ward_moment moment, char text[WARD_MOMENT_SIZE])
{
	int64_t local = moment.seconds + (int64_t)moment.zone * 60;
	int64_t day = ward_day_of(local);
	unsigned int second = (unsigned int)(local - day * DAY_SECONDS);
	unsigned int east = (unsigned int)(moment.zone < 0 ? -moment.zone :
							     moment.zone);
	char date[WARD_DAY_SIZE];

	ward_day_format(day, date);
	(void)snprintf(text, WARD_MOMENT_SIZE, "%sT%02u:%02u:%02u%c%02u:%02u",
	    date, second / 3600 % 100, second / 60 % 60, second % 60,
	    moment.zone < 0 ? '-' : '+', east / 60 % 100, east % 60);
}

/* Exactly `width` digits, lo to hi; moves *text behind them. */
static bool
take_digits(const char **text, size_t width, unsigned int lo, unsigned int hi,
    unsigned int *ret_number)
{
	unsigned int number = 0;

	for (size_t i = 0; i < width; i++, (*text)++) {
		if (**text < '0' || **text > '9') {
			return false;
		}
		number = number * 10 + (unsigned int)(**text - '0');
	}
	*ret_number = number;
	return number >= lo && number <= hi;
}

static bool
take_char(const char **text, char c)
{
	if (**text != c) {
		return false;
	}
	(*text)++;
	return true;
}

static bool
take_zone(const char **text, int *zone)
{
	unsigned int hours, minutes;
	int sign;

	if (take_char(text, 'Z')) {
		*zone = 0;
		return true;
	}
	sign = **text == '-' ? -1 : 1;
	if (!take_char(text, '+') && !take_char(text, '-')) {
		return true; /* none: the caller's zone stands */
	}
	if (!take_digits(text, 2, 0, 14, &hours) || !take_char(text, ':') ||
	    !take_digits(text, 2, 0, 59, &minutes)) {
		return false;
	}
	*zone = sign * (int)(hours * 60 + minutes);
	return true;
}

int
ward_moment_parse(const char *text, int zone, struct ward_moment *ret_moment)
{
	unsigned int year, month, day, hour, minute = 0, second = 0;
	struct date date;

	/* A date alone is an hour at which it is that day in UTC as well. */
	hour = zone > 12 * 60 ? 14 : zone <= -12 * 60 ? 9 : 12;
	if (!take_digits(&text, 4, 1, 9999, &year) || !take_char(&text, '-') ||
	    !take_digits(&text, 2, 1, 12, &month) || !take_char(&text, '-') ||
	    !take_digits(&text, 2, 1, month_length(year, month), &day)) {
		return WARD_ERR_SYNTAX;
	}
	if (*text != '\0' &&
	    (!take_char(&text, 'T') || !take_digits(&text, 2, 0, 23, &hour) ||
		!take_char(&text, ':') ||
		!take_digits(&text, 2, 0, 59, &minute) ||
		!take_char(&text, ':') ||
		!take_digits(&text, 2, 0, 59, &second) ||
		!take_zone(&text, &zone) || *text != '\0')) {
		return WARD_ERR_SYNTAX;
	}
	date = (struct date){ .year = year, .month = month, .day = day };
	ret_moment->seconds = day_from_date(date) * DAY_SECONDS + hour * 3600 +
	    minute * 60 + second - (int64_t)zone * 60;
	ret_moment->zone = zone;
	return 0;
}
