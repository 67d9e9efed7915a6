/* SPDX-License-Identifier: BSD-2-Clause */
/* Keys side by side, and letters and digits in a row. */
#include "weak_parts.h"

#include <string.h>

#define SHIFTED_MAX 5

struct key {
	int row, column;
	bool shifted;
};

struct move {
	int row, column;
};

static bool
find_key(char c, struct key *ret_key)
{
	static const char *const rows[2][4] = {
		{ "1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'",
		    "zxcvbnm,./" },
		{ "!@#$%^&*()_+", "QWERTYUIOP{}|", "ASDFGHJKL:\"",
		    "ZXCVBNM<>?" },
	};

	for (int shifted = 0; c != '\0' && shifted < 2; shifted++) {
		for (int row = 0; row < 4; row++) {
			const char *at = strchr(rows[shifted][row], c);

			if (at != NULL) {
				*ret_key = (struct key){ row,
					(int)(at - rows[shifted][row]),
					shifted == 1 };
				return true;
			}
		}
	}
	return false;
}

/* Each row lies half a key to the right of the one above it. */
static bool
is_neighbour(struct move move)
{
	static const struct move neighbours[] = { { 0, 1 }, { 0, -1 }, { 1, 0 },
		{ -1, 0 }, { 1, -1 }, { -1, 1 } };

	for (size_t i = 0; i < sizeof(neighbours) / sizeof(*neighbours); i++) {
		if (neighbours[i].row == move.row &&
		    neighbours[i].column == move.column) {
			return true;
		}
	}
	return false;
}

static bool
same(struct move a, struct move b)
{
	return a.row == b.row && a.column == b.column;
}

/* Straight ("1qaz"), or to and fro ("1q2w3e"); where that is done often enough,
 * from any key to any other ("1a2s3d", "1!2@3#"). */
static void
offer_runs(struct ward_cut *cut, size_t from)
{
	struct move moves[2] = { { 0, 0 }, { 0, 0 } };
	struct key key, last;
	int cost = strchr("1qaz2w0p", cut->lower[from]) != NULL ? 30 : 60;
	bool near = true;

	if (!find_key(cut->raw[from], &last)) {
		return;
	}
	cost += last.shifted ? 10 : 0;
	for (size_t i = from + 1; i < cut->size; i++) {
		const size_t keys = i + 1 - from;
		struct move move;
		bool straight;

		if (!find_key(cut->raw[i], &key)) {
			return;
		}
		move = (struct move){ key.row - last.row,
			key.column - last.column };
		if (keys > 3 && !same(move, moves[i % 2])) {
			return;
		}
		near = near && is_neighbour(move);
		cost += key.shifted != last.shifted ? 10 : 0;
		moves[i % 2] = move;
		straight = same(moves[0], moves[1]);
		if (near ? keys >= (straight ? 3 : 5) : keys >= 6) {
			ward_cut_offer(cut, from, i + 1,
			    cost + (straight ? 20 : 50) + (near ? 0 : 70) +
				ward_cut_log2(keys - 2) / 2,
			    WARD_WEAK_PATTERN);
		}
		last = key;
	}
}

/* Two runs, a key of each in turn: "qpwoeiru". */
static void
offer_woven(struct ward_cut *cut, size_t from)
{
	struct key keys[2], key;
	struct move moves[2] = { { 0, 0 }, { 0, 0 } };
	int cost = 160;

	for (size_t i = from; i < cut->size; i++) {
		const size_t at = (i - from) % 2;
		struct move move;

		if (!find_key(cut->raw[i], &key)) {
			return;
		}
		if (i < from + 2) {
			keys[at] = key;
			continue;
		}
		move = (struct move){ key.row - keys[at].row,
			key.column - keys[at].column };
		if (!is_neighbour(move) ||
		    (i >= from + 4 && !same(move, moves[at]))) {
			return;
		}
		cost += key.shifted != keys[at].shifted ? 20 : 0;
		moves[at] = move;
		keys[at] = key;
		if (i >= from + 5) {
			ward_cut_offer(cut, from, i + 1, cost,
			    WARD_WEAK_PATTERN);
		}
	}
}

/* A few keys beside one another, and the same ones a little to one side: "1qsc"
 * and "2wdv". */
static void
offer_shifted(struct ward_cut *cut, size_t from, size_t size)
{
	struct key keys[2 * SHIFTED_MAX];
	struct move shift = { 0, 0 }, move;
	int cost = 50 + 25 * (int)(size - 1);

	if (from + 2 * size > cut->size) {
		return;
	}
	for (size_t i = 0; i < 2 * size; i++) {
		if (!find_key(cut->raw[from + i], &keys[i])) {
			return;
		}
		move = (struct move){ i == 0 ? 0 :
					       keys[i].row - keys[i - 1].row,
			i == 0 ? 0 : keys[i].column - keys[i - 1].column };
		if (i < size &&
		    (move.row < -1 || move.row > 1 || move.column < -1 ||
			move.column > 1)) {
			return;
		}
		if (i > 0 && keys[i].shifted != keys[i - 1].shifted) {
			cost += 10;
		}
		if (i < size) {
			continue;
		}
		move = (struct move){ keys[i].row - keys[i - size].row,
			keys[i].column - keys[i - size].column };
		shift = i == size ? move : shift;
		if (!same(move, shift) || move.row < -1 || move.row > 1 ||
		    move.column < -2 || move.column > 2) {
			return;
		}
	}
	ward_cut_offer(cut, from, from + 2 * size, cost + 30,
	    WARD_WEAK_PATTERN);
}

/* The same on the block of digits, corners too: 159, 7410, 2580. */
static void
offer_block_runs(struct ward_cut *cut, size_t from)
{
	static const char block[] = "789456123";
	const char *last = strchr(block, cut->raw[from]);
	struct move before = { 0, 0 };

	if (last == NULL || *last == '\0') {
		return;
	}
	for (size_t i = from + 1; i < cut->size; i++) {
		const char *next = strchr(block, cut->raw[i]);
		struct move move;

		if (next == NULL || *next == '\0') {
			return;
		}
		move = (struct move){ (int)((next - block) / 3) -
			    (int)((last - block) / 3),
			(int)((next - block) % 3) - (int)((last - block) % 3) };
		if (i > from + 1 && !same(move, before)) {
			return;
		}
		if (i == from + 2 && !same(move, (struct move){ 0, 0 })) {
			ward_cut_offer(cut, from, i + 1, 75, WARD_WEAK_PATTERN);
		}
		before = move;
		last = next;
	}
}

/* How far apart are the two in the alphabet, or among the digits? 0: not at
 * all, or not of one kind. The digits go on from 9 to 0. */
static int
distance(char a, char b)
{
	const bool digits = a >= '0' && a <= '9' && b >= '0' && b <= '9';

	if (digits && ((a == '9' && b == '0') || (a == '0' && b == '9'))) {
		return a == '9' ? 1 : -1;
	}
	if (digits || (a >= 'a' && a <= 'z' && b >= 'a' && b <= 'z')) {
		return b - a;
	}
	return 0;
}

static void
offer_sequences(struct ward_cut *cut, size_t from)
{
	int step;

	if (from + 1 >= cut->size) {
		return;
	}
	step = distance(cut->lower[from], cut->lower[from + 1]);
	if (step == 0 || step < -2 || step > 2) {
		return;
	}
	for (size_t i = from + 2; i < cut->size; i++) {
		const size_t size = i + 1 - from;

		if (distance(cut->lower[i - 1], cut->lower[i]) != step) {
			return;
		}
		if (size >= (step == 1 || step == -1 ? 3 : 4)) {
			ward_cut_offer(cut, from, i + 1,
			    (strchr("01a9z", cut->lower[from]) ? 20 : 50) +
				(step == 1 ? 10 : 20) +
				ward_cut_log2(size - 2) +
				ward_cut_case(cut, from, i + 1),
			    WARD_WEAK_PATTERN);
		}
	}
}

void
ward_cut_keys(struct ward_cut *cut, size_t from)
{
	offer_runs(cut, from);
	offer_woven(cut, from);
	for (size_t size = 3; size <= SHIFTED_MAX; size++) {
		offer_shifted(cut, from, size);
	}
	offer_block_runs(cut, from);
	offer_sequences(cut, from);
}
