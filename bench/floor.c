/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floor: what an audit of password ages can't do without. Reads passwd
 * and shadow once each, joins them by name with a hash table, and counts the
 * accounts whose password is older than 90 days. Checks nothing.
 *
 *   floor PASSWD SHADOW DAY
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIMIT 90

struct text {
	char *bytes;
	size_t size;
};

struct slot {
	const char *name;
	size_t size;
};

static struct text
read_whole(const char *path)
{
	struct text text = { NULL, 0 };
	struct stat st;
	size_t done = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) != 0 ||
	    (text.bytes = malloc((size_t)st.st_size + 1)) == NULL) {
		perror(path);
		exit(1);
	}
	while (done < (size_t)st.st_size) {
		ssize_t n = read(fd, text.bytes + done,
		    (size_t)st.st_size - done);

		if (n <= 0) {
			break;
		}
		done += (size_t)n;
	}
	close(fd);
	text.bytes[done] = '\0';
	text.size = done;
	return text;
}

static uint64_t
hash(const char *name, size_t size)
{
	uint64_t h = 14695981039346656037u;	/* FNV-1a */

	for (size_t i = 0; i < size; i++) {
		h = (h ^ (unsigned char)name[i]) * 1099511628211u;
	}
	return h;
}

static struct slot *
find(struct slot *table, size_t mask, const char *name, size_t size)
{
	size_t i = hash(name, size) & mask;

	while (table[i].name != NULL && (table[i].size != size ||
	    memcmp(table[i].name, name, size) != 0)) {
		i = (i + 1) & mask;
	}
	return &table[i];
}

static const char *
next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end == NULL ? line + strlen(line) : end + 1;
}

int
main(int argc, char **argv)
{
	struct text passwd, shadow;
	struct slot *table;
	size_t lines = 0, room = 16, old = 0;
	long day;

	if (argc != 4) {
		fputs("usage: floor PASSWD SHADOW DAY\n", stderr);
		return 64;
	}
	passwd = read_whole(argv[1]);
	shadow = read_whole(argv[2]);
	day = strtol(argv[3], NULL, 10);
	for (size_t i = 0; i < passwd.size; i++) {
		lines += passwd.bytes[i] == '\n';
	}
	while (room < lines * 2) {
		room *= 2;
	}
	table = calloc(room, sizeof(*table));
	if (table == NULL) {
		perror("floor");
		return 1;
	}
	for (const char *l = passwd.bytes; *l != '\0'; l = next_line(l)) {
		size_t size = strcspn(l, ":\n");

		*find(table, room - 1, l, size) = (struct slot){ l, size };
	}
	for (const char *l = shadow.bytes; *l != '\0'; l = next_line(l)) {
		size_t size = strcspn(l, ":\n");
		const char *field = l + size + (l[size] == ':');

		field += strcspn(field, ":\n");
		if (find(table, room - 1, l, size)->name != NULL &&
		    day - strtol(field + 1, NULL, 10) > LIMIT) {
			old++;
		}
	}
	printf("%zu\n", old);
	return 0;
}
