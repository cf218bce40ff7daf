//! Who besides the user could have written a file that decides doses: a rule on the owner and the permissions that
//! the system reports.

/// What speaks against relying on a file or a folder. Users and groups are numbers, as the system knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Its owner is neither root nor the user of the program, and can change it at any time.
    ForeignOwner {
        /// The owner.
        owner: u32,
        /// The user of the program.
        user: u32,
    },
    /// Everybody may write to it.
    WritableByAll {
        /// Its permissions.
        mode: u32,
    },
    /// A group may write to it.
    WritableByGroup {
        /// The group.
        group: u32,
        /// Its permissions.
        mode: u32,
    },
}

/// The owner and the permissions of a file.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The owner.
    pub owner: u32,
    /// The group.
    pub group: u32,
    /// The permissions, other bits beside them.
    pub mode: u32,
    /// Whether an access list gives others rights of their own; they show as those of the group.
    pub is_listed: bool,
}

const ROOT: u32 = 0;
const WRITE_BY_GROUP: u32 = 0o020;
const WRITE_BY_ALL: u32 = 0o002;
const PERMISSIONS: u32 = 0o777;

impl Standing {
    /// What speaks against relying on the file as this user.
    ///
    /// A group that has the number of the owner is the owner's own: systems that give each user such a group let it
    /// write to every new file. With an access list the rights of the group are those of others too.
    pub fn exposure(self, user: u32) -> Option<Exposure> {
        let Self { owner, group, mode, is_listed } = self;
        let permissions = mode & PERMISSIONS;
        if owner != ROOT && owner != user {
            Some(Exposure::ForeignOwner { owner, user })
        } else if mode & WRITE_BY_ALL != 0 {
            Some(Exposure::WritableByAll { mode: permissions })
        } else if mode & WRITE_BY_GROUP != 0 && (group != owner || is_listed) {
            Some(Exposure::WritableByGroup { group, mode: permissions })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exposure(owner: u32, group: u32, mode: u32) -> Option<Exposure> {
        Standing { owner, group, mode, is_listed: false }.exposure(1000)
    }

    #[test]
    fn what_root_or_the_user_alone_can_write_is_relied_on() {
        for (owner, group, mode) in [
            (0, 0, 0o100_644),
            (0, 0, 0o100_664),
            (0, 50, 0o100_644),
            (1000, 1000, 0o100_600),
            (1000, 50, 0o100_644),
            (1000, 1000, 0o100_664),
            (1000, 1000, 0o042_775),
            (0, 0, 0o100_444),
        ] {
            assert_eq!(exposure(owner, group, mode), None, "{owner} {group} {mode:o}");
        }
    }

    #[test]
    fn what_somebody_else_can_write_is_not() {
        assert_eq!(exposure(1001, 1000, 0o100_600), Some(Exposure::ForeignOwner { owner: 1001, user: 1000 }));
        assert_eq!(exposure(0, 50, 0o100_664), Some(Exposure::WritableByGroup { group: 50, mode: 0o664 }));
        assert_eq!(exposure(1000, 0, 0o100_664), Some(Exposure::WritableByGroup { group: 0, mode: 0o664 }));
        assert_eq!(exposure(1000, 1000, 0o100_666), Some(Exposure::WritableByAll { mode: 0o666 }));
        // Where only its owner may delete a file, as in /tmp, anybody can still add one.
        assert_eq!(exposure(0, 0, 0o041_777), Some(Exposure::WritableByAll { mode: 0o777 }));
        // Everybody in the access list can have the rights of the group.
        let listed = Standing { owner: 1000, group: 1000, mode: 0o100_664, is_listed: true };
        assert_eq!(listed.exposure(1000), Some(Exposure::WritableByGroup { group: 1000, mode: 0o664 }));
        // Root relies on nobody else's either.
        let of_a_user = Standing { owner: 1000, group: 1000, mode: 0o100_600, is_listed: false };
        assert_eq!(of_a_user.exposure(0), Some(Exposure::ForeignOwner { owner: 1000, user: 0 }));
    }
}
