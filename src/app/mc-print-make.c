/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-make.h"

#include "mc-guidance.h"
#include "mc-print-preview.h"
#include "mc-register-key.h"

typedef struct
{
  char *profile;
  McDataKey *data_key; /* (nullable) */
  const McClock *clock;
  char *key, *name, *path;
  McProgress *progress;
} Make;

static void
make_free (gpointer data)
{
  Make *make = data;

  g_free (make->profile);
  mc_data_key_unref (make->data_key);
  g_free (make->key);
  g_free (make->name);
  g_free (make->path);
  g_clear_pointer (&make->progress, g_atomic_rc_box_release);
  g_free (make);
}

gboolean
mc_print_of_dossiers (const char *name)
{
  return !g_str_equal (name, MC_PRINT_LEAFLET) && !g_str_equal (name, MC_PRINT_REMOVAL) &&
         !g_str_equal (name, MC_PRINT_REGISTER) && !g_str_equal (name, MC_PRINT_GUIDANCE);
}

gboolean
mc_print_is_long (const char *name)
{
  return g_str_equal (name, MC_PRINT_REGISTER);
}

/* Whom a slip guides is nobody's business but his own. */
char *
mc_print_paper (const char *key, const char *name)
{
  if (g_str_equal (name, MC_PRINT_GUIDANCE))
    {
      g_autofree char *code = mc_guidance_procedure (key);

      return g_strdup_printf ("%s:%s", name, code != NULL ? code : "");
    }
  return g_str_equal (name, MC_PRINT_REMOVAL) ? g_strdup (name)
                                              : g_strdup_printf ("%s:%s", name, key);
}

char *
mc_print_title (const char *key, const char *name, McForm *form)
{
  g_autofree char *code = NULL;

  if (g_str_equal (name, MC_PRINT_GUIDANCE))
    code = mc_guidance_procedure (key);
  else if (g_str_equal (name, MC_PRINT_LEAFLET))
    code = g_strdup (key);
  return code != NULL ? g_strdup_printf ("%s (%s)", mc_form_title (form), code)
                      : g_strdup (mc_form_title (form));
}

static McForm *
make_paper (McStore *store, const Make *make, GError **error)
{
  McForm *form = mc_print_form_of (store, make->key, make->name, MC_JOB_FILE, error);

  if (form == NULL || make->path == NULL)
    return form;
  if (g_str_has_suffix (make->path, MC_PRINT_SHEET)
          ? mc_register_save (store, make->key, make->path, error)
          : mc_form_write_pdf (form, make->path, error))
    return form;
  mc_form_free (form);
  return NULL;
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Make *make = data;
  GError *error = NULL;
  McStore *store = mc_store_open_reader (make->profile, make->clock, make->data_key, &error);
  McForm *form = NULL;

  mc_progress_watch (make->progress);
  if (store != NULL)
    form = make_paper (store, make, &error);
  mc_progress_watch (NULL);
  mc_store_close (store);
  if (form != NULL)
    g_task_return_pointer (task, form, (GDestroyNotify)mc_form_free);
  else
    g_task_return_error (task, error);
}

void
mc_print_make (McContext *context,
               const char *key,
               const char *name,
               const char *path,
               McProgress *progress,
               GAsyncReadyCallback callback,
               gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Make *make = g_new0 (Make, 1);

  make->profile = g_strdup (mc_store_profile (context->reader));
  make->clock = mc_store_clock (context->reader);
  if (mc_store_key (context->reader) != NULL)
    make->data_key = mc_data_key_ref (mc_store_key (context->reader));
  make->key = g_strdup (key);
  make->name = g_strdup (name);
  make->path = g_strdup (path);
  make->progress = progress;
  g_task_set_source_tag (task, mc_print_make);
  g_task_set_task_data (task, make, make_free);
  g_task_run_in_thread (task, run);
}

McForm *
mc_print_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
