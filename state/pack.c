/* SPDX-License-Identifier: BSD-2-Clause */
/* The bytes of what is kept: everything begins at a multiple of 8. */
#include "state/kept.h"

#include <stdlib.h>
#include <string.h>

#define NO_TEXT UINT64_MAX

static size_t
padded(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

/* Where so many bytes more go, zeroed; NULL: no memory. */
static char *
more(struct ward_pack *pack, size_t size)
{
	size_t room = pack->room == 0 ? 4096 : pack->room;
	char *bytes;

	if (pack->failed || size > WARD_KEPT_MAX ||
	    pack->size > WARD_KEPT_MAX) {
		pack->failed = true;
		return NULL;
	}
	size = padded(size);
	while (room - pack->size < size) {
		room *= 2;
	}
	if (room != pack->room) {
		bytes = realloc(pack->bytes, room);
		if (bytes == NULL) {
			pack->failed = true;
			return NULL;
		}
		pack->bytes = bytes;
		pack->room = room;
	}
	bytes = pack->bytes + pack->size;
	memset(bytes, 0, size);
	pack->size += size;
	return bytes;
}

void
ward_pack_number(struct ward_pack *pack, uint64_t number)
{
	char *at = more(pack, sizeof(number));

	if (at != NULL) {
		memcpy(at, &number, sizeof(number));
	}
}

void
ward_pack_bytes(struct ward_pack *pack, const void *bytes, size_t size)
{
	char *at;

	ward_pack_number(pack, size);
	at = more(pack, size);
	if (at != NULL && size > 0) {
		memcpy(at, bytes, size);
	}
}

void
ward_pack_text(struct ward_pack *pack, const char *text)
{
	if (text == NULL) {
		ward_pack_number(pack, NO_TEXT);
	} else {
		ward_pack_bytes(pack, text, strlen(text) + 1);
	}
}

static const char *
take(struct ward_unpack *in, uint64_t size)
{
	const char *at = in->at;

	if (in->torn || size > in->left || padded((size_t)size) > in->left) {
		in->torn = true;
		return NULL;
	}
	in->at += padded((size_t)size);
	in->left -= padded((size_t)size);
	return at;
}

uint64_t
ward_unpack_number(struct ward_unpack *in)
{
	uint64_t number = 0;
	const char *at = take(in, sizeof(number));

	if (at != NULL) {
		memcpy(&number, at, sizeof(number));
	}
	return number;
}

const void *
ward_unpack_bytes(struct ward_unpack *in, size_t *ret_size)
{
	uint64_t size = ward_unpack_number(in);
	const char *at = take(in, size);

	*ret_size = at == NULL ? 0 : (size_t)size;
	return at;
}

const char *
ward_unpack_text(struct ward_unpack *in)
{
	uint64_t size = ward_unpack_number(in);
	const char *text;

	if (size == NO_TEXT) {
		return NULL;
	}
	text = take(in, size);
	if (text == NULL || size == 0 || text[size - 1] != '\0') {
		in->torn = true;
		return NULL;
	}
	return text;
}

bool
ward_unpack_is(struct ward_unpack *in, const char *text)
{
	const char *packed = ward_unpack_text(in);

	return !in->torn &&
	    (text == NULL || packed == NULL ? text == packed :
					      strcmp(text, packed) == 0);
}
