/* SPDX-License-Identifier: BSD-2-Clause */
/* Pieces that the JSON outputs share. */
#ifndef WARD_JSON_H
#define WARD_JSON_H

#include <jansson.h>

#include "report/report.h"

/* A string made valid UTF-8; null where value is NULL. NULL: no memory. */
json_t *ward_json_text(const char *value);
json_t *ward_json_number(struct ward_optional number);
/* "/etc/shadow:12"; null where there is none. */
json_t *ward_json_source(struct ward_source source);
/* privileged_json.c: every way by which the account is privileged. */
json_t *ward_json_paths(const struct ward_account *account);
/* Write the value on one line, with `before` in front and the reference
 * taken. 0, WARD_ERR_NOMEM (value NULL) or WARD_ERR_IO. */
int ward_json_put(FILE *stream, const char *before, json_t *value);

/* Around the documents of many hosts, nothing around that of one: what stands
 * before each, in a list of this name, and what behind the last. */
void ward_json_fleet_begin(const struct ward_report *report, const char *list);
int ward_json_fleet_end(const struct ward_report *report, json_t *summary);

#endif
