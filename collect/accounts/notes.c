/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/notes.h"

#include <stdlib.h>
#include <string.h>

#include "collect/base/grow.h"

const char *
ward_file_path(enum ward_file file)
{
	static const char *const paths[WARD_FILE_COUNT] = {
		[WARD_FILE_PASSWD] = "/etc/passwd",
		[WARD_FILE_SHADOW] = "/etc/shadow",
		[WARD_FILE_LASTLOG] = "/var/log/lastlog",
		[WARD_FILE_WTMP] = "/var/log/wtmp",
		[WARD_FILE_WTMP_1] = "/var/log/wtmp.1",
		[WARD_FILE_GROUP] = "/etc/group",
		[WARD_FILE_GSHADOW] = "/etc/gshadow",
		[WARD_FILE_BTMP] = "/var/log/btmp",
		[WARD_FILE_BTMP_1] = "/var/log/btmp.1",
	};

	return paths[file];
}

int
ward_notes_add(struct ward_notes *notes, uint32_t account, enum ward_file file,
    uint32_t line, const struct ward_faults *faults)
{
	for (size_t i = 0; i < faults->count; i++) {
		const struct ward_fault *f = &faults->list[i];
		struct ward_note *list;
		uint32_t detail;
		int r;

		r = ward_strings_keep(notes->details, f->detail,
		    strlen(f->detail), &detail);
		if (r != 0) {
			return r;
		}
		list = ward_grow(notes->list, notes->count, &notes->room,
		    sizeof(*list));
		if (list == NULL) {
			return WARD_ERR_NOMEM;
		}
		notes->list = list;
		list[notes->count++] = (struct ward_note){ .account = account,
			.line = line,
			.detail = detail,
			.reason = f->reason,
			.file = file };
	}
	return 0;
}

static int
compare_notes(const void *left, const void *right)
{
	const struct ward_note *l = left, *r = right;

	if (l->account != r->account) {
		return l->account < r->account ? -1 : 1;
	}
	if (l->file != r->file) {
		return l->file < r->file ? -1 : 1;
	}
	if (l->line != r->line) {
		return l->line < r->line ? -1 : 1;
	}
	if (l->reason != r->reason) {
		return l->reason < r->reason ? -1 : 1;
	}
	return l->detail < r->detail ? -1 : l->detail > r->detail;
}

void
ward_notes_sort(struct ward_notes *notes)
{
	if (notes->count > 0) {
		qsort(notes->list, notes->count, sizeof(*notes->list),
		    compare_notes);
	}
}

struct ward_defect
ward_note_defect(const struct ward_notes *notes, const struct ward_note *note,
    const char *name)
{
	const char *detail = ward_strings_at(notes->details, note->detail);

	return (struct ward_defect){ .reason = note->reason,
		.name = name,
		.detail = *detail == '\0' ? NULL : detail,
		.source = { ward_file_path(note->file), note->line } };
}
