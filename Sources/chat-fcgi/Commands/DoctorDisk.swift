import Glibc

/// Looks at the disk under a folder: how much room there is, and whether it is one that a database can be on.
struct DoctorDisk {
    private let folder: String
    private let device: dev_t

    /// Below this the store will soon fail.
    private static let leastBytes: UInt64 = 100 << 20
    private static let fewBytes: UInt64 = 1 << 30
    /// Disks over the network: their locks and shared memory do not carry a write-ahead log (sqlite.org/wal.html).
    private static let networkKinds: Set<Substring> = [
        "nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph", "glusterfs",
    ]

    /// - Parameter device: what stat(2) says of the folder.
    init(of folder: String, device: dev_t) {
        self.folder = folder
        self.device = device
    }

    func examine(_ report: inout DoctorReport) {
        if let kind = Self.kind(of: device), Self.networkKinds.contains(kind) {
            report.warn(
                "disk", "\(folder) lies on \(kind), where SQLite's log of changes is not safe",
                fix: "put data_dir on a disk of this machine")
        }
        var room = statvfs()
        guard statvfs(folder, &room) == 0 else { return }
        let bytes = UInt64(room.f_bavail) * UInt64(room.f_frsize)
        let text = bytes >= Self.fewBytes ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
        let remedy = "make room, or move data_dir to a larger disk"
        if room.f_files > 0, room.f_favail == 0 {
            report.fail(
                "disk", "no file can be made any more (no inodes are left)", fix: "remove files that are not needed")
        } else if bytes < Self.leastBytes {
            report.fail("disk", "\(text) left", fix: remedy)
        } else if bytes < Self.fewBytes {
            report.warn("disk", "\(text) left", fix: remedy)
        } else {
            report.ok("disk", "\(text) left")
        }
    }

    /// The file system's kind by the kernel's table of mounts (proc_pid_mountinfo(5)): `36 35 98:0 / /mnt … - ext4 …`.
    private static func kind(of device: dev_t) -> Substring? {
        // As gnu_dev_major and gnu_dev_minor take it apart.
        let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
        let minor = device & 0xFF | (device >> 12) & ~0xFF
        for line in mounts().split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 6, words[2] == "\(major):\(minor)", let dash = words[6...].firstIndex(of: "-"),
                dash + 1 < words.count
            else { continue }
            return words[dash + 1]
        }
        return nil
    }

    private static func mounts() -> String {
        let descriptor = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while all.count < 1 << 20 {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            all += buffer.prefix(count)
        }
        return String(decoding: all, as: UTF8.self)
    }
}
