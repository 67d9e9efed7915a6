/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/group_file.h"

#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/host_file.h"
#include "state/scan.h"

#define BLANKS " \t\n"
#define ROOM ((size_t)256 << 10)
#define MEMBER_MIN 2 /* bytes of a line that the shortest takes */

struct word {
	const char *text;
	size_t size;
};

/* A gid that amounts to root, and the first group by which it does. */
struct root_gid {
	uint32_t gid;
	struct word word;
};

struct reading {
	struct word *words;
	size_t word_count;
	struct root_gid *gids;
	size_t gid_count;
	struct ward_pack *pack;
	uint64_t packed;
};

/* The gid as which the C library would take the field, if it takes the line. */
static bool
read_gid(const char *text, uint32_t *ret_gid)
{
	unsigned long gid;
	char *end;

	for (int i = 0; i < 2; i++) {
		text = strchr(text, ':');
		if (text == NULL) {
			return false;
		}
		text++;
	}
	gid = strtoul(text, &end, 10);
	*ret_gid = (uint32_t)gid;
	return end != text && gid <= UINT32_MAX;
}

/* Have the C library take the line; *ret_buffer, which is what it points into,
 * is to be freed. 1, 0 or WARD_ERR_NOMEM. */
static int
take_line(char *text, struct group *ret_group, char **ret_buffer)
{
	const size_t size = strlen(text);
	/* The line, and a pointer for each member. */
	const size_t room = size + 64 +
	    (size / MEMBER_MIN + 4) * sizeof(char *);
	struct group *found = NULL;
	char *buffer = malloc(room);
	FILE *stream = buffer == NULL ? NULL : fmemopen(text, size, "r");

	if (stream == NULL) {
		free(buffer);
		return WARD_ERR_NOMEM;
	}
	(void)fgetgrent_r(stream, ret_group, buffer, room, &found);
	(void)fclose(stream);
	if (found == NULL) {
		free(buffer);
		return 0;
	}
	*ret_buffer = buffer;
	return 1;
}

static const struct root_gid *
find_gid(const struct reading *in, uint32_t gid)
{
	for (size_t i = 0; i < in->gid_count; i++) {
		if (in->gids[i].gid == gid) {
			return &in->gids[i];
		}
	}
	return NULL;
}

static int
add_gid(struct reading *in, uint32_t gid, const struct word *word)
{
	struct root_gid *gids;

	if (find_gid(in, gid) != NULL) {
		return 0;
	}
	gids = reallocarray(in->gids, in->gid_count + 1, sizeof(*gids));
	if (gids == NULL) {
		return WARD_ERR_NOMEM;
	}
	in->gids = gids;
	gids[in->gid_count++] = (struct root_gid){ gid, *word };
	return 0;
}

/* First: which gids amount to root. */
static int
take_gid(struct reading *in, char *text, uint32_t number)
{
	const size_t size = strcspn(text, ":");
	struct group group;
	char *buffer;
	int r = 0;

	(void)number;
	for (size_t i = 0; i < in->word_count; i++) {
		const struct word *word = &in->words[i];

		if (word->size != size || memcmp(word->text, text, size) != 0) {
			continue;
		}
		r = take_line(text, &group, &buffer);
		if (r > 0) {
			r = add_gid(in, group.gr_gid, word);
			free(buffer);
		}
		return r;
	}
	return 0;
}

static void
pack_group(struct reading *in, const struct root_gid *root,
    const struct group *group, uint32_t number)
{
	const char *name = ward_field_is_hash(group->gr_name) ? "(a hash)" :
								group->gr_name;
	char word[256], detail[512];
	uint64_t members = 0;

	(void)snprintf(word, sizeof(word), "%.*s", (int)root->word.size,
	    root->word.text);
	(void)snprintf(detail, sizeof(detail),
	    strcmp(name, word) == 0 ? "%s" : NC_("detail", "%s (gid of %s)"),
	    name, word);
	while (group->gr_mem[members] != NULL) {
		members++;
	}
	ward_pack_number(in->pack, group->gr_gid);
	ward_pack_number(in->pack, number);
	ward_pack_text(in->pack, word);
	ward_pack_text(in->pack, detail);
	ward_pack_number(in->pack, members);
	for (uint64_t i = 0; i < members; i++) {
		ward_pack_text(in->pack, group->gr_mem[i]);
	}
	in->packed++;
}

/* Then: every group that has one of them. */
static int
take_group(struct reading *in, char *text, uint32_t number)
{
	const struct root_gid *root;
	struct group group;
	char *buffer;
	uint32_t gid;
	int r;

	if (!read_gid(text, &gid) || (root = find_gid(in, gid)) == NULL) {
		return 0;
	}
	r = take_line(text, &group, &buffer);
	if (r <= 0) {
		return r;
	}
	pack_group(in, root, &group, number);
	free(buffer);
	return in->pack->failed ? WARD_ERR_NOMEM : 0;
}

static int
each_line(struct reading *in, int fd,
    int (*visit)(struct reading *in, char *text, uint32_t number))
{
	struct ward_scan_line line;
	struct ward_scan scan;
	int r = ward_scan_begin(&scan, fd, 0, ROOM);

	while (r == 0 && (r = ward_scan_next(&scan, &line)) > 0) {
		char *text = ward_scan_entry(&line);

		r = text == NULL ? 0 : visit(in, text, line.number);
	}
	ward_scan_end(&scan);
	return r;
}

static int
split_words(struct reading *in, const char *words)
{
	in->words = calloc(strlen(words) / 2 + 1, sizeof(*in->words));
	if (in->words == NULL) {
		return WARD_ERR_NOMEM;
	}
	for (;;) {
		words += strspn(words, BLANKS);
		if (*words == '\0') {
			return 0;
		}
		in->words[in->word_count].text = words;
		in->words[in->word_count].size = strcspn(words, BLANKS);
		words += in->words[in->word_count++].size;
	}
}

static int
read_groups(struct reading *in, const char *words, int fd)
{
	int r = split_words(in, words);

	if (r == 0) {
		r = each_line(in, fd, take_gid);
	}
	if (r == 0 && in->gid_count > 0) {
		r = each_line(in, fd, take_group);
	}
	free(in->words);
	free(in->gids);
	return r;
}

int
ward_group_file_read(const struct ward_state *state, const char *words,
    struct ward_pack *pack, struct ward_error *err)
{
	struct ward_pack groups = { .size = 0 };
	struct reading in = { .pack = &groups };
	struct stat st;
	int fd, r;

	r = ward_host_file_open(state, WARD_GROUP_FILE, WARD_HOST_DECIDES, &fd,
	    &st, err);
	if (r == 0) {
		r = read_groups(&in, words, fd);
		if (r != 0) {
			r = ward_host_file_failed(state, WARD_GROUP_FILE, r,
			    err);
		}
		(void)close(fd);
	}
	if (r == 0 || r == WARD_ERR_MISSING) {
		ward_pack_number(pack, in.packed);
		ward_pack_bytes(pack, groups.bytes, groups.size);
		r = pack->failed ?
		    ward_error_set(err, WARD_ERR_NOMEM, "no memory") :
		    0;
	}
	free(groups.bytes);
	return r;
}
