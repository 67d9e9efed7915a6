/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "collect/accounts/keys.h"

#define BLANKS " \t"
#define BASE64 \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define NAME_MOST 64 /* the longest of types[] is shorter */

/* What a type may be called in a line or in its blob: keyimpls[] of OpenSSH's
 * sshkey.c. Names of one kind stand for each other. */
static const struct {
	const char *name, *kind;
} types[] = {
	{ "ssh-ed25519", "ed25519" },
	{ "ssh-rsa", "rsa" },
	{ "rsa-sha2-256", "rsa" },
	{ "rsa-sha2-512", "rsa" },
	{ "ecdsa-sha2-nistp256", "ecdsa" },
	{ "ecdsa-sha2-nistp384", "ecdsa" },
	{ "ecdsa-sha2-nistp521", "ecdsa" },
	{ "sk-ssh-ed25519@openssh.com", "ed25519-sk" },
	{ "sk-ecdsa-sha2-nistp256@openssh.com", "ecdsa-sk" },
	{ "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", "ecdsa-sk" },
	{ "ssh-dss", "dsa" },
	{ "ssh-xmss@openssh.com", "xmss" },
	{ "ssh-ed25519-cert-v01@openssh.com", "ed25519-cert" },
	{ "ssh-rsa-cert-v01@openssh.com", "rsa-cert" },
	{ "rsa-sha2-256-cert-v01@openssh.com", "rsa-cert" },
	{ "rsa-sha2-512-cert-v01@openssh.com", "rsa-cert" },
	{ "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-cert" },
	{ "ecdsa-sha2-nistp384-cert-v01@openssh.com", "ecdsa-cert" },
	{ "ecdsa-sha2-nistp521-cert-v01@openssh.com", "ecdsa-cert" },
	{ "sk-ssh-ed25519-cert-v01@openssh.com", "ed25519-sk-cert" },
	{ "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com", "ecdsa-sk-cert" },
	{ "ssh-dss-cert-v01@openssh.com", "dsa-cert" },
	{ "ssh-xmss-cert-v01@openssh.com", "xmss-cert" },
};

/* The kind that the first `size` bytes name, or NULL. */
static const char *
kind_of(const char *name, size_t size)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strlen(types[i].name) == size &&
		    memcmp(name, types[i].name, size) == 0) {
			return types[i].kind;
		}
	}
	return NULL;
}

/* Decode the first bytes of base64 text, as many as `most` and as are well
 * formed. White space within is passed over, as b64_pton(3) does. */
static size_t
decode(const char *text, unsigned char *bytes, size_t most)
{
	unsigned int bits = 0, held = 0;
	size_t count = 0;

	for (; count < most && *text != '\0'; text++) {
		const char *digit = strchr(BASE64, *text);

		if (digit == NULL && strchr("\n\v\f\r", *text) != NULL) {
			continue;
		}
		if (digit == NULL) {
			break;
		}
		held = (held << 6 | (unsigned int)(digit - BASE64)) & 0xffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[count++] = (unsigned char)(held >> bits & 0xff);
		}
	}
	return count;
}

/*
 * Is it a blob that begins with its type, as RFC 4253 6.6 asks, or with another
 * name of its kind, as sshd(8) takes it? The type need not be one that we know.
 * What follows it is not looked at: a key too many is only a question.
 */
static bool
is_blob(const char *text, const char *type, size_t type_size)
{
	unsigned char bytes[4 + NAME_MOST + 4];
	size_t count = decode(text, bytes, sizeof(bytes)), size;
	const char *kind = kind_of(type, type_size), *inner;
	char name[NAME_MOST + 1];

	if (count < 4 || bytes[0] != 0 || bytes[1] != 0 || bytes[2] != 0) {
		return false;
	}
	size = bytes[3];
	if (size == 0 || size > NAME_MOST || count < 4 + size + 4) {
		return false;
	}
	memcpy(name, bytes + 4, size);
	name[size] = '\0';
	if (size == type_size && memcmp(name, type, size) == 0) {
		return true;
	}
	inner = kind_of(name, size);
	/* Within a blob the kind itself will do, in any case. */
	return kind != NULL &&
	    (strcasecmp(name, kind) == 0 ||
		(inner != NULL && strcmp(inner, kind) == 0));
}

/* The end of the options that stand before a key: a blank outside quotes. */
static char *
skip_options(char *text)
{
	bool quoted = false;

	for (; *text != '\0'; text++) {
		if (*text == '\\' && text[1] == '"') {
			text++;
		} else if (*text == '"') {
			quoted = !quoted;
		} else if (!quoted && strchr(BLANKS, *text) != NULL) {
			break;
		}
	}
	return text;
}

/* Does a key stand here? Then cut it in parts. */
static bool
take_key(char *text, struct ward_key_parts *ret_parts)
{
	size_t size = strcspn(text, BLANKS);
	char *blob = text + size + strspn(text + size, BLANKS);
	char *comment = blob + strcspn(blob, BLANKS);

	if (size == 0 || !is_blob(blob, text, size)) {
		return false;
	}
	text[size] = '\0';
	ret_parts->type = text;
	ret_parts->comment = comment + strspn(comment, BLANKS);
	return true;
}

bool
ward_key_parse(char *text, struct ward_key_parts *ret_parts)
{
	struct ward_key_parts parts = { .options = "" };
	size_t size = strlen(text);
	char *end;

	while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL) {
		text[--size] = '\0';
	}
	text += strspn(text, BLANKS);
	if (*text == '\0' || *text == '#') {
		return false;
	}
	/* Where a key does not come first, options do. */
	if (take_key(text, &parts)) {
		*ret_parts = parts;
		return true;
	}
	parts.options = text;
	end = skip_options(text);
	if (!take_key(end + strspn(end, BLANKS), &parts)) {
		return false;
	}
	*end = '\0';
	*ret_parts = parts;
	return true;
}
