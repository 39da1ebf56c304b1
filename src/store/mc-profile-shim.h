#pragma once
#include "mc-worker.h"
#include "mc-store.h"
#define mc_worker_new(p, c, k, e) mc_worker_new (p, c, e)
#define mc_store_open_reader(p, c, k, e) mc_store_open_reader (p, c, e)
#define mc_store_open(p, c, k, e) mc_store_open (p, c, e)
