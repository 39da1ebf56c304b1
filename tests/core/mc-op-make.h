/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-judge.h"

G_BEGIN_DECLS

/*
 * A small world for the tests of the judge: one record, its ops by short names ("A", "B"), and what
 * was said of each, so that a case reads as its story.
 */
typedef struct
{
  McRecord *record;
  GHashTable *ops;     /* id → McOp */
  GHashTable *refused; /* ids, a set */
  gint64 n;
} McStory;

McStory *mc_story_new (void);
void mc_story_free (McStory *story);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McStory, mc_story_free)

/** mc_story_id: the op id that stands for @name, e.g. "A". Static for the process. */
const char *mc_story_id (const char *name);

/**
 * mc_story_op:
 * An op that was not judged yet. @body and @base are JSON with ' for "; in @base, names stand for
 * ids:
 * "{'contact':['A']}".
 * Returns: (transfer full)
 */
McOp *mc_story_op (const char *name,
                   const char *verb,
                   const char *body,
                   const char *base,
                   const char *read);

/** mc_story_take: judges @op (transfer full) and remembers it. Returns: (transfer full): the ruling
 * as text with ' for " */
char *mc_story_take (McStory *story, McOp *op, const McRuling *forced, gboolean alone);

/** mc_story_tell: mc_story_op() without @read, then mc_story_take(). Returns: (transfer full) */
char *mc_story_tell (McStory *story,
                     const char *name,
                     const char *verb,
                     const char *body,
                     const char *base);

/** mc_story_receive: "R" receives the dossier. */
void mc_story_receive (McStory *story);

/** mc_story_tips: the names of the tips of @group, the standing one first: "A B". Returns:
 * (transfer full) */
char *mc_story_tips (McStory *story, const char *group);

/** mc_story_find: a McOpFind over the story. */
const McOp *mc_story_find (const char *id, gboolean *ret_refused, gpointer story);

/** mc_story_record_id: the record that every story is about. */
#define MC_STORY_RECORD "01900000-0000-7000-8000-0000000000ff"

G_END_DECLS
