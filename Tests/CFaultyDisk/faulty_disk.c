#include "faulty_disk.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

struct disk {
    sqlite3_vfs vfs;
    char name[64];
    atomic_int failing;
    atomic_int failures;
};

struct file {
    sqlite3_file base;
    struct disk *disk;
    sqlite3_file *real;
};

static struct disk disks[16];
static atomic_int disk_count;

static struct disk *find(const char *name) {
    int count = atomic_load(&disk_count);
    for (int i = 0; i < count; i++)
        if (strcmp(disks[i].name, name) == 0) return &disks[i];
    return NULL;
}

#define REAL(f) (((struct file *)(f))->real)

static int x_close(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }
static int x_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
    return REAL(f)->pMethods->xRead(REAL(f), to, n, at);
}
static int x_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
    return REAL(f)->pMethods->xWrite(REAL(f), from, n, at);
}
static int x_truncate(sqlite3_file *f, sqlite3_int64 n) { return REAL(f)->pMethods->xTruncate(REAL(f), n); }
static int x_sync(sqlite3_file *f, int flags) {
    struct disk *disk = ((struct file *)f)->disk;
    if (atomic_load(&disk->failing)) {
        atomic_fetch_add(&disk->failures, 1);
        return SQLITE_IOERR_FSYNC;
    }
    return REAL(f)->pMethods->xSync(REAL(f), flags);
}
static int x_size(sqlite3_file *f, sqlite3_int64 *n) { return REAL(f)->pMethods->xFileSize(REAL(f), n); }
static int x_lock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xLock(REAL(f), level); }
static int x_unlock(sqlite3_file *f, int level) { return REAL(f)->pMethods->xUnlock(REAL(f), level); }
static int x_reserved(sqlite3_file *f, int *out) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), out); }
static int x_control(sqlite3_file *f, int op, void *arg) { return REAL(f)->pMethods->xFileControl(REAL(f), op, arg); }
static int x_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int x_device(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int x_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **to) {
    return REAL(f)->pMethods->xShmMap(REAL(f), page, size, extend, to);
}
static int x_shm_lock(sqlite3_file *f, int offset, int n, int flags) {
    return REAL(f)->pMethods->xShmLock(REAL(f), offset, n, flags);
}
static void x_shm_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int x_shm_unmap(sqlite3_file *f, int remove) { return REAL(f)->pMethods->xShmUnmap(REAL(f), remove); }

static const sqlite3_io_methods methods = {
    .iVersion = 2,  // without xFetch: no memory mapping
    .xClose = x_close,
    .xRead = x_read,
    .xWrite = x_write,
    .xTruncate = x_truncate,
    .xSync = x_sync,
    .xFileSize = x_size,
    .xLock = x_lock,
    .xUnlock = x_unlock,
    .xCheckReservedLock = x_reserved,
    .xFileControl = x_control,
    .xSectorSize = x_sector,
    .xDeviceCharacteristics = x_device,
    .xShmMap = x_shm_map,
    .xShmLock = x_shm_lock,
    .xShmBarrier = x_shm_barrier,
    .xShmUnmap = x_shm_unmap,
};

static int x_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out) {
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    struct file *file = (struct file *)f;
    file->disk = (struct disk *)vfs;
    file->real = (sqlite3_file *)(file + 1);
    file->base.pMethods = NULL;
    int code = real->xOpen(real, path, file->real, flags, out);
    if (code == SQLITE_OK) file->base.pMethods = &methods;
    return code;
}

int faulty_disk_register(const char *name) {
    int index = atomic_fetch_add(&disk_count, 1);
    if (index >= 16) return -1;
    struct disk *disk = &disks[index];
    strncpy(disk->name, name, sizeof disk->name - 1);
    // Everything but opening is the system's own; its functions take no notice of which VFS they are called through.
    disk->vfs = *sqlite3_vfs_find(NULL);
    disk->vfs.szOsFile += (int)sizeof(struct file);
    disk->vfs.zName = disk->name;
    disk->vfs.pNext = NULL;
    disk->vfs.xOpen = x_open;
    return sqlite3_vfs_register(&disk->vfs, 0) == SQLITE_OK ? 0 : -1;
}

void faulty_disk_fail_syncs(const char *name, int on) {
    struct disk *disk = find(name);
    if (disk) atomic_store(&disk->failing, on);
}

int faulty_disk_failures(const char *name) {
    struct disk *disk = find(name);
    return disk ? atomic_load(&disk->failures) : 0;
}
