/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/local_groups.h"

#include <stdlib.h>
#include <string.h>

#include "state/group_file.h"
#include "state/kept.h"

#define KEPT "groups"

static int
add_path(struct ward_local_groups *groups, const char *detail, const char *file,
    uint32_t line)
{
	struct ward_path *list = reallocarray(groups->list, groups->count + 1,
	    sizeof(*list));

	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	groups->list = list;
	list[groups->count++] = (struct ward_path){ .kind = WARD_PATH_GROUP,
		.detail = detail,
		.source = { file, line } };
	return 0;
}

/* One of them, and whether the account is a member. */
struct kept_group {
	uint32_t gid, line;
	const char *word, *detail;
	bool member;
};

static bool
next(struct ward_unpack *in, const char *name, struct kept_group *ret_group)
{
	struct kept_group group = { .gid = (uint32_t)ward_unpack_number(in) };
	uint64_t members;

	group.line = (uint32_t)ward_unpack_number(in);
	group.word = ward_unpack_text(in);
	group.detail = ward_unpack_text(in);
	members = ward_unpack_number(in);
	for (uint64_t i = 0; i < members && !in->torn; i++) {
		const char *other = ward_unpack_text(in);

		if (other != NULL && strcmp(other, name) == 0) {
			group.member = true;
		}
	}
	*ret_group = group;
	return !in->torn && group.word != NULL && group.detail != NULL;
}

/*
 * To be in a group by primary gid is told once, before the others.
 * WARD_ERR_SYNTAX: it is no such list.
 */
static int
ask(struct ward_unpack *in, const char *name, uint32_t gid,
    struct ward_local_groups *groups)
{
	const uint64_t count = ward_unpack_number(in);
	struct ward_unpack list = { .torn = in->torn }, again;
	struct kept_group group;
	int r = 0;

	list.at = ward_unpack_bytes(in, &list.left);
	if (in->torn) {
		return WARD_ERR_SYNTAX;
	}
	again = list;
	for (uint64_t i = 0; i < count && groups->count == 0 && r == 0; i++) {
		if (!next(&list, name, &group)) {
			return WARD_ERR_SYNTAX;
		}
		if (group.gid == gid) {
			r = add_path(groups, group.word, "/etc/passwd", 0);
		}
	}
	for (uint64_t i = 0; i < count && r == 0; i++) {
		if (!next(&again, name, &group)) {
			return WARD_ERR_SYNTAX;
		}
		if (group.gid != gid && group.member) {
			r = add_path(groups, group.detail, WARD_GROUP_FILE,
			    group.line);
		}
	}
	return r;
}

void
ward_local_groups_free(struct ward_local_groups *groups)
{
	free(groups->list);
	free(groups->text);
	*groups = (struct ward_local_groups){ .count = 0 };
}

/* What is kept, if it is of these words and that file. */
static bool
ask_kept(struct ward_state *state, const char *words, const char *name,
    uint32_t gid, struct ward_local_groups *groups)
{
	struct ward_unpack in;

	groups->text = ward_kept_read(state, KEPT, &in);
	if (groups->text != NULL && ward_unpack_is(&in, words) &&
	    ward_unpack_origins(&in) && ask(&in, name, gid, groups) == 0) {
		return true;
	}
	ward_local_groups_free(groups);
	return false;
}

/* Read group(5), and keep what it says. */
static int
ask_anew(struct ward_state *state, const char *words, const char *name,
    uint32_t gid, int64_t now, struct ward_local_groups *groups,
    struct ward_error *err)
{
	struct ward_origins origins = { .now = now };
	struct ward_pack pack = { .size = 0 };
	struct ward_unpack in;
	char *path = NULL;
	size_t head;
	int r;

	if (asprintf(&path, "%s" WARD_GROUP_FILE, state->root) < 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	ward_origins_add(&origins, path);
	free(path);
	ward_pack_text(&pack, words);
	ward_pack_origins(&pack, &origins);
	head = pack.size;
	r = ward_group_file_read(state, words, &pack, err);
	if (r == 0 && !origins.unsure) {
		ward_kept_write(state, KEPT, &pack);
	}
	if (r == 0) {
		in = (struct ward_unpack){ .at = pack.bytes + head,
			.left = pack.size - head };
		groups->text = pack.bytes;
		pack.bytes = NULL;
		r = ask(&in, name, gid, groups);
		r = r == 0 ? 0 : ward_error_set(err, r, "no memory");
	}
	free(pack.bytes);
	free(origins.pack.bytes);
	return r;
}

int
ward_local_groups_find(struct ward_state *state, const char *words,
    const char *name, uint32_t gid, int64_t now,
    struct ward_local_groups *ret_groups, struct ward_error *err)
{
	struct ward_local_groups groups = { .count = 0 };
	int r = 0;

	if (words[strspn(words, " \t\n")] != '\0' &&
	    !ask_kept(state, words, name, gid, &groups)) {
		r = ask_anew(state, words, name, gid, now, &groups, err);
	}
	if (r != 0) {
		ward_local_groups_free(&groups);
		return r;
	}
	*ret_groups = groups;
	return 0;
}
