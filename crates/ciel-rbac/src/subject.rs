use ciel_yaml::Node;

/// Who a binding is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'s> {
    /// The subject's mapping in the binding.
    pub node: Node<'s>,
    /// Who it is.
    pub kind: SubjectKind<'s>,
}

/// Who a subject is. Users and groups that stand for service accounts are read as what they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectKind<'s> {
    /// A user by name.
    User(&'s str),
    /// A group by name.
    Group(&'s str),
    /// A service account: namespace and name.
    ServiceAccount(&'s str, &'s str),
}

const ACCOUNT_USER: &str = "system:serviceaccount:";

impl<'s> Subject<'s> {
    /// Reads a subject of a binding. A service account without namespace is taken to be in the binding's own, as
    /// kustomize and Helm fill it in; the API server would refuse it.
    pub(crate) fn read(node: Node<'s>, binding_namespace: &'s str) -> Option<Self> {
        let name = node.str_at(&["name"])?;
        let kind = match node.str_at(&["kind"])? {
            "User" => match name
                .strip_prefix(ACCOUNT_USER)
                .and_then(|rest| rest.split_once(':'))
            {
                Some((namespace, name)) => SubjectKind::ServiceAccount(namespace, name),
                None => SubjectKind::User(name),
            },
            "Group" => SubjectKind::Group(name),
            "ServiceAccount" => {
                let namespace = node.str_at(&["namespace"]).filter(|own| !own.is_empty());
                SubjectKind::ServiceAccount(namespace.unwrap_or(binding_namespace), name)
            }
            _ => return None,
        };
        Some(Self { node, kind })
    }

    /// Whether it is everybody, known or not: `system:anonymous` or `system:unauthenticated`.
    #[must_use]
    pub fn is_anonymous(self) -> bool {
        matches!(
            self.kind,
            SubjectKind::User("system:anonymous") | SubjectKind::Group("system:unauthenticated")
        )
    }

    /// Whether it is everybody with any credential: `system:authenticated`.
    #[must_use]
    pub fn is_authenticated(self) -> bool {
        self.kind == SubjectKind::Group("system:authenticated")
    }

    /// Whether it is a service account, or a group of them.
    #[must_use]
    pub fn is_service_account(self) -> bool {
        match self.kind {
            SubjectKind::ServiceAccount(..) => true,
            SubjectKind::Group(name) => {
                name == "system:serviceaccounts" || name.starts_with("system:serviceaccounts:")
            }
            SubjectKind::User(_) => false,
        }
    }

    /// How messages name it: ``service account `shop/web` ``.
    #[must_use]
    pub fn display(self) -> String {
        match self.kind {
            SubjectKind::User(name) => format!("user `{name}`"),
            SubjectKind::Group(name) => format!("group `{name}`"),
            SubjectKind::ServiceAccount(namespace, name) => {
                format!("service account `{namespace}/{name}`")
            }
        }
    }
}
