/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-viewer-render.h"
#include "mc-error.h"
#include <math.h>
#include <poppler.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

/* What the thread has; shared with the renderer, freed by whoever lets go last. */
typedef struct
{
  GAsyncQueue *queue; /* Job; one without a task is the end */
  gint generation;    /* atomic: jobs of an older one are dropped */
  /* The thread's own: the document that was open last stays open. */
  char *path;
  McBlobReader *bytes;
  PopplerDocument *document;
} Shop;

typedef struct
{
  GTask *task;
  McBlobPlace *place;
  gboolean open; /* else a page */
  guint page;
  int width;
  gint generation;
} Job;

struct _McRenderer
{
  GObject parent_instance;
  Shop *shop;
};

G_DEFINE_FINAL_TYPE (McRenderer, mc_renderer, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  mc_blob_place_unref (job->place);
  g_free (job);
}

static void
close_document (Shop *shop)
{
  g_clear_object (&shop->document);
  g_clear_pointer (&shop->bytes, mc_blob_reader_unref);
  g_clear_pointer (&shop->path, g_free);
}

static void
shop_clear (Shop *shop)
{
  close_document (shop);
  g_async_queue_unref (shop->queue);
}

/* Whether the bytes @needle are among the first (@from_end: last) @span bytes of the document. */
static gboolean
has_bytes (McBlobReader *document, const char *needle, gsize span, gboolean from_end)
{
  g_autofree char *bytes = g_malloc (span);
  gint64 from = from_end ? MAX (0, mc_blob_reader_size (document) - (gint64)span) : 0;
  gssize count = mc_blob_reader_read (document, from, bytes, span, NULL);

  return count > 0 && memmem (bytes, (gsize)count, needle, strlen (needle)) != NULL;
}

static gboolean
fail_format (GError **error, const char *word)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, word);
  return FALSE;
}

static gboolean
parse (Shop *shop, GError **error)
{
  g_autoptr (GInputStream) stream = mc_blob_reader_stream (shop->bytes);
  g_autoptr (GError) local = NULL;
  gboolean whole;

  if (!has_bytes (shop->bytes, "%PDF-", 1024, FALSE))
    return fail_format (error, "not-pdf");
  shop->document = poppler_document_new_from_stream (stream,
                                                     mc_blob_reader_size (shop->bytes),
                                                     NULL,
                                                     NULL,
                                                     &local);
  if (g_error_matches (local, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return fail_format (error, "encrypted");
  whole = has_bytes (shop->bytes, "%%EOF", 2048, TRUE);
  if (shop->document == NULL)
    return fail_format (error, whole ? "not-pdf" : "truncated");
  if (poppler_document_get_n_pages (shop->document) <= 0)
    return fail_format (error, whole ? "empty" : "truncated");
  return TRUE;
}

/* Makes the document at @place the open one. */
static gboolean
take_up (Shop *shop, McBlobPlace *place, GError **error)
{
  if (shop->document != NULL && g_strcmp0 (shop->path, mc_blob_place_path (place)) == 0)
    return TRUE;
  close_document (shop);
  shop->bytes = mc_blob_place_read (place, error);
  if (shop->bytes == NULL)
    return FALSE;
  if (!parse (shop, error))
    {
      close_document (shop);
      return FALSE;
    }
  shop->path = g_strdup (mc_blob_place_path (place));
  return TRUE;
}

static McSheets *
look_at (Shop *shop, McBlobPlace *place, GError **error)
{
  g_autoptr (PopplerPage) first = NULL;
  McSheets *paper;

  if (!take_up (shop, place, error))
    return NULL;
  paper = g_new0 (McSheets, 1);
  paper->pages = (guint)poppler_document_get_n_pages (shop->document);
  paper->width = 595;
  paper->height = 842;
  first = poppler_document_get_page (shop->document, 0);
  if (first != NULL)
    poppler_page_get_size (first, &paper->width, &paper->height);
  paper->cut_off = first == NULL || !has_bytes (shop->bytes, "%%EOF", 2048, TRUE);
  return paper;
}

/* The scale that makes the page @width wide, smaller where the image would be too large. */
static double
scale_for (double page_width, double page_height, int width)
{
  double scale = MIN (width, MC_RENDER_SIDE_MAX) / page_width;

  scale = MIN (scale, MC_RENDER_SIDE_MAX / page_height);
  return MIN (scale, sqrt (MC_RENDER_PIXELS_MAX / (page_width * page_height)));
}

static GdkTexture *
draw (Shop *shop, const Job *job, GError **error)
{
  g_autoptr (PopplerPage) page = NULL;
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;
  double page_width = 0, page_height = 0, scale;
  int width, height, stride;

  if (!take_up (shop, job->place, error))
    return NULL;
  if (job->page < (guint)poppler_document_get_n_pages (shop->document))
    page = poppler_document_get_page (shop->document, (int)job->page);
  if (page != NULL)
    poppler_page_get_size (page, &page_width, &page_height);
  if (page_width < 1 || page_height < 1)
    {
      fail_format (error, "truncated");
      return NULL;
    }
  scale = scale_for (page_width, page_height, MAX (job->width, 1));
  width = MAX ((int)lround (page_width * scale), 1);
  height = MAX ((int)lround (page_height * scale), 1);

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (gsize)stride * (gsize)height,
                                      (GDestroyNotify)cairo_surface_destroy,
                                      surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize)stride);
}

static void
do_job (Shop *shop, Job *job)
{
  GError *error = NULL;
  gpointer result;

  if (job->generation != g_atomic_int_get (&shop->generation))
    {
      g_task_return_new_error (job->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "nobody waits for it");
      return;
    }
  if (job->open)
    result = look_at (shop, job->place, &error);
  else
    result = draw (shop, job, &error);
  if (result == NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, result, job->open ? g_free : g_object_unref);
}

/* No page takes longer; a renderer that nobody let go must not keep the program. */
#define WAIT_ALL_MAX_US (5 * G_USEC_PER_SEC)

/*
 * Threads that still draw. The program waits for them before it ends: poppler's own statics go at
 * exit, and a page under way would then draw with what is gone.
 */
static GMutex running_mutex;
static GCond running_cond;
static guint running;

static void
count_running (int change)
{
  g_mutex_lock (&running_mutex);
  running = (guint)((int)running + change);
  g_cond_broadcast (&running_cond);
  g_mutex_unlock (&running_mutex);
}

void
mc_renderer_wait_all (void)
{
  gint64 end = g_get_monotonic_time () + WAIT_ALL_MAX_US;

  g_mutex_lock (&running_mutex);
  while (running > 0)
    if (!g_cond_wait_until (&running_cond, &running_mutex, end))
      break;
  g_mutex_unlock (&running_mutex);
}

static gpointer
run (gpointer data)
{
  Shop *shop = data;
  gboolean over = FALSE;

  while (!over)
    {
      Job *job = g_async_queue_pop (shop->queue);

      over = job->task == NULL;
      if (!over)
        do_job (shop, job);
      job_free (job);
    }
  g_atomic_rc_box_release_full (shop, (GDestroyNotify)shop_clear);
  count_running (-1);
  return NULL;
}

static void
mc_renderer_finalize (GObject *object)
{
  McRenderer *self = MC_RENDERER (object);

  /* The thread ends by itself: a window that closes does not wait for a page. */
  g_async_queue_push (self->shop->queue, g_new0 (Job, 1));
  g_atomic_rc_box_release_full (self->shop, (GDestroyNotify)shop_clear);
  G_OBJECT_CLASS (mc_renderer_parent_class)->finalize (object);
}

static void
mc_renderer_class_init (McRendererClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_renderer_finalize;
}

static void
mc_renderer_init (McRenderer *self)
{
  self->shop = g_atomic_rc_box_new0 (Shop);
  self->shop->queue = g_async_queue_new_full ((GDestroyNotify)job_free);
  count_running (1);
  g_thread_unref (g_thread_new ("page-renderer", run, g_atomic_rc_box_acquire (self->shop)));
}

McRenderer *
mc_renderer_new (void)
{
  return g_object_new (MC_TYPE_RENDERER, NULL);
}

/* The task holds no reference to the renderer: a renderer that goes away must be able to end its
 * thread. */
static void
ask (McRenderer *self, Job job, GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  job.task = g_task_new (NULL, NULL, callback, data);
  g_task_set_source_tag (job.task, tag);
  job.generation = g_atomic_int_get (&self->shop->generation);
  g_async_queue_push (self->shop->queue, g_memdup2 (&job, sizeof job));
}

void
mc_renderer_open (McRenderer *renderer,
                  McBlobPlace *document,
                  GAsyncReadyCallback callback,
                  gpointer data)
{
  g_return_if_fail (MC_IS_RENDERER (renderer) && document != NULL);

  ask (renderer,
       (Job){ .open = TRUE, .place = mc_blob_place_ref (document) },
       callback,
       data,
       mc_renderer_open);
}

McSheets *
mc_renderer_open_finish (McRenderer *renderer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mc_renderer_open), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mc_renderer_page (McRenderer *renderer,
                  McBlobPlace *document,
                  guint page,
                  int width,
                  GAsyncReadyCallback callback,
                  gpointer data)
{
  g_return_if_fail (MC_IS_RENDERER (renderer) && document != NULL);

  ask (renderer,
       (Job){ .place = mc_blob_place_ref (document), .page = page, .width = width },
       callback,
       data,
       mc_renderer_page);
}

GdkTexture *
mc_renderer_page_finish (McRenderer *renderer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, mc_renderer_page), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
mc_renderer_forget (McRenderer *renderer)
{
  g_return_if_fail (MC_IS_RENDERER (renderer));

  g_atomic_int_inc (&renderer->shop->generation);
}
