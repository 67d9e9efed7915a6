/* SPDX-License-Identifier: BSD-2-Clause */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collect/base/grow.h"
#include "collect/pam/read.h"

static const char *const pam_dirs[] = { "/etc/pam.d", "/usr/lib/pam.d" };

static int
no_memory(struct ward_error *err)
{
	return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
}

static bool
is_kind(const struct ward_root *root, const char *path, mode_t kind)
{
	struct stat st;

	return ward_root_stat(root, path, &st, NULL) == 0 &&
	    (st.st_mode & S_IFMT) == kind;
}

/* Append a copy of the text. */
static int
keep(struct ward_pam *pam, const char ***list, uint32_t *count, uint32_t *room,
    const char *text)
{
	const char **more = ward_grow(*list, *count, room, sizeof(*more));

	if (more == NULL) {
		return WARD_ERR_NOMEM;
	}
	*list = more;
	more[*count] = ward_pool_copy(pam->pool, text, strlen(text));
	if (more[*count] == NULL) {
		return WARD_ERR_NOMEM;
	}
	++*count;
	return 0;
}

/* Call `take` with each name in a directory; one that is not there has none. */
static int
each_name(struct ward_pam *pam, const char *dir,
    int (*take)(struct ward_pam *pam, const char *dir, const char *name))
{
	struct dirent *entry;
	DIR *stream;
	int fd = -1, r = 0;

	if (ward_root_open_dir(pam->root, dir, &fd, NULL) != 0) {
		return 0;
	}
	stream = fdopendir(fd);
	if (stream == NULL) {
		(void)close(fd);
		return WARD_ERR_NOMEM;
	}
	while (r == 0 && (entry = readdir(stream)) != NULL) {
		r = take(pam, dir, entry->d_name);
	}
	(void)closedir(stream);
	return r;
}

static int
keep_modules(struct ward_pam *pam, const char *dir)
{
	return is_kind(pam->root, dir, S_IFDIR) ?
	    keep(pam, &pam->modules, &pam->module_count, &pam->module_room,
		dir) :
	    0;
}

/* "x86_64-linux-gnu" below /usr/lib or /lib. */
static int
take_arch(struct ward_pam *pam, const char *dir, const char *name)
{
	char path[PATH_MAX];

	if (strstr(name, "-linux-") == NULL) {
		return 0;
	}
	(void)snprintf(path, sizeof(path), "%s/%s/security", dir, name);
	return keep_modules(pam, path);
}

static int
find_modules(struct ward_pam *pam)
{
	static const char *const dirs[] = { "/usr/lib/security",
		"/usr/lib64/security", "/lib/security", "/lib64/security" };
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		r = keep_modules(pam, dirs[i]);
	}
	if (r == 0) {
		r = each_name(pam, "/usr/lib", take_arch);
	}
	return r == 0 ? each_name(pam, "/lib", take_arch) : r;
}

/* Is it certain that no module can be loaded from there? What is no ELF file
 * can't, and what can't be looked at may. */
static bool
is_nothing(const struct ward_root *root, const char *path)
{
	char magic[4];
	int fd = -1, r = ward_root_open(root, path, &fd, NULL);
	ssize_t n;

	if (r != 0) {
		return r == WARD_ERR_MISSING || r == WARD_ERR_UNSAFE;
	}
	n = pread(fd, magic, sizeof(magic), 0);
	(void)close(fd);
	return n >= 0 &&
	    (n < (ssize_t)sizeof(magic) ||
		memcmp(magic, "\177ELF", sizeof(magic)) != 0);
}

static enum ward_pam_kind
look_for(const struct ward_pam *pam, const char *module)
{
	char path[PATH_MAX];

	/* libpam puts its own architecture in its place; and where modules
	 * are elsewhere, it may be among them. */
	if (strstr(module, "$ISA") != NULL ||
	    (module[0] != '/' && pam->module_count == 0)) {
		return WARD_PAM_MODULE;
	}
	if (module[0] == '/') {
		return is_nothing(pam->root, module) ? WARD_PAM_MISSING :
						       WARD_PAM_MODULE;
	}
	for (uint32_t i = 0; i < pam->module_count; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", pam->modules[i],
		    module);
		if (!is_nothing(pam->root, path)) {
			return WARD_PAM_MODULE;
		}
	}
	return WARD_PAM_MISSING;
}

int
ward_pam_find_module(struct ward_pam *pam, const char *module,
    enum ward_pam_kind *ret_kind)
{
	uint32_t index;
	uint8_t *more;

	if (ward_strings_keep(pam->asked, module, strlen(module), &index) !=
	    0) {
		return WARD_ERR_NOMEM;
	}
	if (index == pam->kind_count) {
		more = ward_grow(pam->kinds, pam->kind_count, &pam->kind_room,
		    sizeof(*more));
		if (more == NULL) {
			return WARD_ERR_NOMEM;
		}
		pam->kinds = more;
		more[pam->kind_count++] = (uint8_t)look_for(pam, module);
	}
	*ret_kind = pam->kinds[index];
	return 0;
}

/* Into room that fits, as a service may be read of a thousand pieces. */
static int
read_whole(int fd, char **ret_text, size_t *ret_size, const char **ret_what)
{
	size_t size = 0, room;
	struct stat st;
	char *text;
	ssize_t n;

	if (fstat(fd, &st) != 0 || st.st_size > (off_t)WARD_PAM_FILE_MAX) {
		*ret_what = N_("it is too large");
		return WARD_ERR_IO;
	}
	room = (size_t)st.st_size + 1;
	text = malloc(room);
	if (text == NULL) {
		return WARD_ERR_NOMEM;
	}
	do {
		n = read(fd, text + size, room - size);
		size += n > 0 ? (size_t)n : 0;
	} while ((n > 0 && size < room) || (n < 0 && errno == EINTR));
	if (n < 0 || size == room) {
		free(text);
		*ret_what = n < 0 ? N_("it can't be read") :
				    N_("it is being written");
		return WARD_ERR_IO;
	}
	*ret_text = text;
	*ret_size = size;
	return 0;
}

int
ward_pam_load(const struct ward_root *root, const char *path, char **ret_text,
    size_t *ret_size, const char **ret_what)
{
	int fd = -1, r = ward_root_open(root, path, &fd, NULL);

	if (r == WARD_ERR_MISSING) {
		return r;
	}
	if (r != 0) {
		*ret_what = r == WARD_ERR_UNSAFE ?
		    N_("it is not a regular file") :
		    N_("it can't be read");
		return WARD_ERR_IO;
	}
	/* "file/" is none to the kernel; the walk does not mind the slash. */
	r = path[strlen(path) - 1] == '/' ?
	    WARD_ERR_MISSING :
	    read_whole(fd, ret_text, ret_size, ret_what);
	(void)close(fd);
	return r;
}

static int
take_service(struct ward_pam *pam, const char *dir, const char *name)
{
	char path[PATH_MAX];

	for (const char *at = name; *at != '\0'; at++) {
		if (isupper((unsigned char)*at)) {
			return 0;
		}
	}
	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	return is_kind(pam->root, path, S_IFDIR) ?
	    0 :
	    keep(pam, &pam->names, &pam->name_count, &pam->name_room, name);
}

/* The first words of pam.conf's lines. What is wrong with it is told where a
 * service is read. */
static int
list_conf(struct ward_pam *pam)
{
	char line[WARD_PAM_LINE_SIZE], *bytes = NULL;
	struct ward_pam_text text = { .line = 0 };
	const char *what;
	uint32_t number;
	size_t size = 0;
	int r = ward_pam_load(pam->root, "/etc/pam.conf", &bytes, &size, &what);

	if (r != 0) {
		return r == WARD_ERR_NOMEM ? r : 0;
	}
	text.at = bytes;
	text.end = bytes + size;
	while (r == 0 &&
	    ward_pam_line_next(&text, line, &number, &what) == WARD_PAM_LINE) {
		char *rest = line, *word = ward_pam_word(&rest);

		for (char *at = word; *at != '\0'; at++) {
			*at = (char)tolower((unsigned char)*at);
		}
		r = keep(pam, &pam->names, &pam->name_count, &pam->name_room,
		    word);
	}
	free(bytes);
	return r;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
sort_names(struct ward_pam *pam)
{
	uint32_t kept = 0;

	if (pam->name_count > 0) {
		qsort(pam->names, pam->name_count, sizeof(*pam->names),
		    compare);
	}
	for (uint32_t i = 0; i < pam->name_count; i++) {
		if (kept == 0 ||
		    strcmp(pam->names[kept - 1], pam->names[i]) != 0) {
			pam->names[kept++] = pam->names[i];
		}
	}
	pam->name_count = kept;
}

static int
find_services(struct ward_pam *pam, const char *confdir)
{
	int r = 0;

	if (confdir != NULL) {
		pam->dirs[0] = ward_pool_copy(pam->pool, confdir,
		    strlen(confdir));
		if (pam->dirs[0] == NULL) {
			return WARD_ERR_NOMEM;
		}
	} else if (is_kind(pam->root, pam_dirs[0], S_IFDIR) ||
	    is_kind(pam->root, pam_dirs[1], S_IFDIR)) {
		pam->dirs[0] = pam_dirs[0];
		pam->dirs[1] = pam_dirs[1];
	} else {
		r = list_conf(pam);
	}
	for (size_t i = 0; r == 0 && pam->dirs[i] != NULL; i++) {
		r = each_name(pam, pam->dirs[i], take_service);
	}
	sort_names(pam);
	return r;
}

int
ward_pam_open(const struct ward_pam_options *options, struct ward_pam **ret_pam,
    struct ward_error *err)
{
	struct ward_pam *pam = calloc(1, sizeof(*pam));
	int r;

	if (pam == NULL) {
		return no_memory(err);
	}
	r = ward_root_new(options->root, &pam->root, err);
	if (r != 0) {
		goto out;
	}
	pam->debian = options->dialect == WARD_PAM_AS_FOUND ?
	    is_kind(pam->root, "/etc/debian_version", S_IFREG) :
	    options->dialect == WARD_PAM_DEBIAN;
	pam->pool = ward_pool_new();
	if (pam->pool == NULL || ward_strings_new(&pam->asked) != 0 ||
	    find_modules(pam) != 0 ||
	    find_services(pam, options->confdir) != 0) {
		r = no_memory(err);
		goto out;
	}
	*ret_pam = pam;
	pam = NULL;
out:
	ward_pam_close(pam);
	return r;
}

void
ward_pam_close(struct ward_pam *pam)
{
	if (pam != NULL) {
		ward_pam_modules_close(pam->files);
		ward_strings_free(pam->included);
		ward_root_free(pam->root);
		ward_pool_free(pam->pool);
		ward_strings_free(pam->asked);
		free(pam->kinds);
		free(pam->modules);
		free(pam->names);
		free(pam);
	}
}

size_t
ward_pam_count(const struct ward_pam *pam)
{
	return pam->name_count;
}

const char *
ward_pam_name(const struct ward_pam *pam, size_t index)
{
	return pam->names[index];
}

/* other's lines stand in where the service has none of a type. */
static int
settle(struct ward_pam_made *m, bool debian)
{
	for (size_t t = 0; t < WARD_PAM_TYPES; t++) {
		bool other = m->own[t].count == 0;
		struct ward_pam_list *list = other ? &m->others[t] : &m->own[t];

		m->siblings[t] = calloc(list->count + 1,
		    sizeof(*m->siblings[t]));
		if (m->siblings[t] == NULL) {
			return WARD_ERR_NOMEM;
		}
		ward_pam_number(list->handlers, list->count, m->siblings[t]);
		m->service.stacks[t] = (struct ward_pam_stack){
			.handlers = list->handlers,
			.count = list->count,
			.siblings = m->siblings[t],
			.other = other,
			.debian = debian,
		};
	}
	m->service.faults = m->faults;
	return 0;
}

static char *
service_name(struct ward_pool *pool, const char *name)
{
	const char *slash = strrchr(name, '/');
	char *copy;

	name = slash == NULL ? name : slash + 1;
	copy = ward_pool_copy(pool, name, strlen(name));
	for (char *at = copy; at != NULL && *at != '\0'; at++) {
		*at = (char)tolower((unsigned char)*at);
	}
	return copy;
}

int
ward_pam_read(struct ward_pam *pam, const char *name,
    struct ward_pam_service **ret_service, struct ward_error *err)
{
	struct ward_pam_made *made = calloc(1, sizeof(*made));

	if (made != NULL) {
		made->pool = ward_pool_new();
	}
	if (made == NULL || made->pool == NULL ||
	    (made->service.name = service_name(made->pool, name)) == NULL ||
	    ward_pam_read_files(pam, made) != 0 ||
	    settle(made, pam->debian) != 0) {
		ward_pam_service_free((struct ward_pam_service *)made);
		return no_memory(err);
	}
	*ret_service = &made->service;
	return 0;
}

void
ward_pam_service_free(struct ward_pam_service *service)
{
	struct ward_pam_made *made = (struct ward_pam_made *)service;

	if (made != NULL) {
		for (size_t t = 0; t < WARD_PAM_TYPES; t++) {
			free(made->own[t].handlers);
			free(made->others[t].handlers);
			free(made->siblings[t]);
		}
		free(made->faults);
		ward_pool_free(made->pool);
		free(made);
	}
}
