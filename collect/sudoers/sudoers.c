/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/sudoers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/conf.h"
#include "collect/sudoers/convert.h"
#include "collect/sudoers/files.h"
#include "collect/sudoers/ready.h"

static int
no_memory(struct ward_error *err)
{
	return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
}

static int
load(struct ward_sudoers *sudoers, struct ward_sudo_text *text,
    const struct ward_sudo_setting *setting, struct ward_error *err)
{
	const char *path = WARD_SUDOERS_PATH;
	int rc = ward_sudo_conf_read(setting->root, setting->defects, &path);

	if (rc != 0) {
		return no_memory(err);
	}
	rc = ward_sudo_files_read(setting->root, path,
	    setting->host->own.short_name, setting->defects, text, err);

	if (rc == 0) {
		rc = ward_sudo_convert(text, &sudoers->model, setting->defects,
		    err);
	}
	if (rc == 0) {
		rc = ward_sudo_compile(sudoers, setting);
		rc = rc == 0 ? 0 : no_memory(err);
	}
	return rc;
}

int
ward_sudoers_load(const struct ward_root *root, const char *host,
    struct ward_moment now, struct ward_defects *defects,
    struct ward_sudoers **ret_sudoers, struct ward_error *err)
{
	struct ward_sudoers *sudoers = calloc(1, sizeof(*sudoers));
	struct ward_sudo_text text = { 0 };
	struct ward_sudo_host here = { 0 };
	struct ward_sudo_setting setting = { root, &here, now, defects };
	int rc;

	if (sudoers == NULL || ward_sudo_model_init(&sudoers->model) != 0) {
		free(sudoers);
		return no_memory(err);
	}
	sudoers->strings = defects->pool;
	rc = ward_sudo_host_init(&here, host, ward_root_is_running(root));
	if (rc != 0) {
		ward_error_set(err, rc, "the host's addresses: %s",
		    strerror(errno));
		goto out;
	}
	rc = ward_sudo_host_read(&here, root);
	if (rc != 0) {
		no_memory(err);
		goto out;
	}
	rc = load(sudoers, &text, &setting, err);
	if (rc != 0) {
		goto out;
	}
	*ret_sudoers = sudoers;
	sudoers = NULL;
out:
	ward_sudo_text_free(&text);
	ward_sudo_host_free(&here);
	ward_sudoers_free(sudoers);
	return rc;
}

void
ward_sudoers_free(struct ward_sudoers *sudoers)
{
	if (sudoers == NULL) {
		return;
	}
	ward_sudo_model_free(&sudoers->model);
	free(sudoers->rules);
	free(sudoers->named);
	free(sudoers->walked);
	free(sudoers->groups);
	free(sudoers->matched);
	free(sudoers->hard);
	free(sudoers);
}

bool
ward_sudoers_group(const struct ward_sudoers *sudoers, size_t i,
    const char **ret_name, uint32_t *ret_gid)
{
	if (i >= sudoers->group_count) {
		return false;
	}
	*ret_name = sudoers->groups[i].name;
	*ret_gid = sudoers->groups[i].gid;
	return true;
}
