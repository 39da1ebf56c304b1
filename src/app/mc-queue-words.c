/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-queue-words.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  const char *empty;
} Queue;

static const Queue queues[MC_N_QUEUES] = {
  [MC_QUEUE_ALL] = { N_ ("All dossiers"), N_ ("No dossier yet. F2 receives the first one.") },
  [MC_QUEUE_MINE] = { N_ ("My work"), N_ ("Everything here is done. New work appears by itself.") },
  [MC_QUEUE_RECEIVED] = { N_ ("Just received"),
                          N_ ("No dossier waits for appraisal. F2 receives a new one.") },
  [MC_QUEUE_SUPPLEMENT] = { N_ ("Waiting for papers"), N_ ("Nobody has to bring more papers.") },
  [MC_QUEUE_APPROVAL] = { N_ ("Waiting for signature"), N_ ("Nothing waits for a signature.") },
  [MC_QUEUE_RETURN] = { N_ ("Results to hand over"), N_ ("Every result has been handed over.") },
  [MC_QUEUE_SOON] = { N_ ("Due soon"), N_ ("Nothing is due within two working days.") },
  [MC_QUEUE_TODAY] = { N_ ("Due today"), N_ ("Nothing is due today.") },
  [MC_QUEUE_OVERDUE] = { N_ ("Overdue"), N_ ("Nothing is overdue. Well kept.") },
  [MC_QUEUE_APOLOGY] = { N_ ("Letters of apology to send"),
                         N_ ("No letter of apology has to be sent.") },
  [MC_QUEUE_CONFLICT] = { N_ ("Two people changed it"), N_ ("Nobody's work is in another's way.") },
  [MC_QUEUE_MOVED] = { N_ ("Calendar changed, dates to look at"),
                       N_ ("No promise waits for an answer to a changed calendar.") },
  [MC_QUEUE_DRAFT] = { N_ ("Drafts"),
                       N_ ("What is typed and not yet received is kept here by itself.") },
  [MC_QUEUE_WAITING] = { N_ ("Waiting to be sent"), N_ ("Everything has reached the province.") },
};

const char *
mc_queue_name (McQueue queue)
{
  g_return_val_if_fail (queue < MC_N_QUEUES, NULL);
  return _ (queues[queue].name);
}

const char *
mc_queue_empty (McQueue queue)
{
  g_return_val_if_fail (queue < MC_N_QUEUES, NULL);
  return _ (queues[queue].empty);
}

guint
mc_queue_digit (McQueue queue)
{
  g_return_val_if_fail (queue < MC_N_QUEUES, 0);
  return queue >= MC_QUEUE_MINE && queue <= MC_QUEUE_APOLOGY ? (guint)queue : 0;
}
