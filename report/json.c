/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/json.h"

json_t *
ward_json_text(const char *value)
{
	char text[WARD_CLEAN_SIZE];

	if (value == NULL) {
		return json_null();
	}
	ward_clean_utf8(value, text, sizeof(text));
	return json_string(text);
}

json_t *
ward_json_number(struct ward_optional number)
{
	return number.known ? json_integer(number.value) : json_null();
}

json_t *
ward_json_source(struct ward_source source)
{
	char text[WARD_CLEAN_SIZE];

	if (source.file == NULL || source.line == 0) {
		return ward_json_text(source.file);
	}
	(void)snprintf(text, sizeof(text), "%s:%u", source.file, source.line);
	return ward_json_text(text);
}

int
ward_json_put(FILE *stream, const char *before, json_t *value)
{
	int r;

	if (value == NULL) {
		return WARD_ERR_NOMEM;
	}
	(void)fputs(before, stream);
	r = json_dumpf(value, stream, JSON_ENCODE_ANY);
	json_decref(value);
	return r == 0 ? 0 : WARD_ERR_IO;
}
