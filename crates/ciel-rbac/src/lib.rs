//! Who may do what: roles, bindings and subjects, matched as the RBAC authorizer matches them.
