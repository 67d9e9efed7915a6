/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "collect/accounts/keys.h"

#define BLANKS " \t"
#define BASE64 \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

static bool
is_type(const char *word)
{
	static const char *const types[] = { "ssh-ed25519", "ssh-rsa",
		"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
		"ecdsa-sha2-nistp521", "sk-ssh-ed25519@openssh.com",
		"sk-ecdsa-sha2-nistp256@openssh.com", "ssh-dss" };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(word, types[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* The byte at `at` of what the base64 text stands for. */
static unsigned int
byte_at(const char *text, size_t at)
{
	size_t i = at * 8 / 6, shift = at * 8 % 6;
	unsigned int high = (unsigned int)(strchr(BASE64, text[i]) - BASE64);
	unsigned int low = (unsigned int)(strchr(BASE64, text[i + 1]) - BASE64);

	return (high << 6 | low) >> (4 - shift) & 0xff;
}

/* Is it base64 of a blob that begins with its type, as RFC 4253 6.6 asks? */
static bool
is_blob(const char *text, const char *type)
{
	size_t digits = strspn(text, BASE64), type_size = strlen(type);
	size_t padding = strspn(text + digits, "=");

	if (text[digits + padding] != '\0' || padding > 2 ||
	    (digits + padding) % 4 != 0 || digits * 6 / 8 < 4 + type_size + 4) {
		return false;
	}
	for (size_t i = 0; i < 4; i++) {
		size_t want = i < 3 ? 0 : type_size;

		if (byte_at(text, i) != want) {
			return false;
		}
	}
	for (size_t i = 0; i < type_size; i++) {
		if (byte_at(text, 4 + i) != (unsigned char)type[i]) {
			return false;
		}
	}
	return true;
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

/* Cut the next word off; *text goes to what follows it. */
static char *
take_word(char **text)
{
	char *word = *text + strspn(*text, BLANKS);
	char *end = word + strcspn(word, BLANKS);

	*text = end;
	if (*end != '\0') {
		*end = '\0';
		*text = end + 1;
	}
	return word;
}

bool
ward_key_parse(char *text, const char **ret_type, const char **ret_comment)
{
	const char *type, *blob;
	size_t size = strlen(text);
	char *options;

	while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL) {
		text[--size] = '\0';
	}
	text += strspn(text, BLANKS);
	if (*text == '\0' || *text == '#') {
		return false;
	}
	/* Where a key's type does not come first, options do. */
	options = skip_options(text);
	size = strcspn(text, BLANKS);
	if (size == (size_t)(options - text) && text[size] != '\0') {
		text[size] = '\0';
		options = is_type(text) ? text : options;
		text[size] = ' ';
	}
	type = take_word(&options);
	blob = take_word(&options);
	if (!is_type(type) || !is_blob(blob, type)) {
		return false;
	}
	*ret_type = type;
	*ret_comment = options + strspn(options, BLANKS);
	return true;
}
