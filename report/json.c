/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/json.h"

#include <stdlib.h>
#include <string.h>

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

/* One character of a document; a hidden one as JSON's own escape, which says
 * the same, so that nothing happens to whoever looks at it on a terminal. */
static void
put_char(FILE *stream, const char *text, size_t size, uint32_t c)
{
	if (!ward_is_hidden(c)) {
		(void)fwrite(text, 1, size, stream);
	} else if (c < 0x10000) {
		(void)fprintf(stream, "\\u%04X", c);
	} else {
		(void)fprintf(stream, "\\u%04X\\u%04X",
		    0xd800 + ((c - 0x10000) >> 10),
		    0xdc00 + ((c - 0x10000) & 0x3ff));
	}
}

int
ward_json_put(FILE *stream, const char *before, json_t *value)
{
	char *text = value == NULL ? NULL : json_dumps(value, JSON_ENCODE_ANY);
	size_t left = text == NULL ? 0 : strlen(text), size;
	const char *at = text;
	uint32_t c;

	json_decref(value);
	if (text == NULL) {
		return WARD_ERR_NOMEM;
	}
	(void)fputs(before, stream);
	for (; left > 0 && (size = ward_utf8_decode(at, left, &c)) > 0;
	     at += size, left -= size) {
		put_char(stream, at, size, c);
	}
	free(text);
	return ferror(stream) ? WARD_ERR_IO : 0;
}

void
ward_json_fleet_begin(const struct ward_report *report, const char *list)
{
	if (report->count < 2) {
		return;
	}
	if (report->index > 0) {
		(void)fputs(",\n", report->stream);
		return;
	}
	(void)fprintf(report->stream,
	    "{\"schema\": \"acctward-fleet/1\", \"tool\": \"acctward " WARD_VERSION
	    "\",\n\"%s\": [\n",
	    list);
}

int
ward_json_fleet_end(const struct ward_report *report, json_t *summary)
{
	int r = ward_json_put(report->stream, "],\n\"summary\": ", summary);

	(void)fputs("}\n", report->stream);
	return r;
}
