// Command rbac says what Kubernetes' own authorizer answers, for tests to compare Ciel with.
//
// Each line of standard input is a cluster and what is asked of it: {"objects": [{…}], "requests": [{"user": "…",
// "groups": ["…"], "verb": "get", "group": "", "resource": "pods", "subresource": "", "name": "", "namespace": "shop"},
// {…, "path": "/metrics"}]}. For each, in order, one line is written: {"allowed": [true, false]}, or {"error": "…"}.
//
// The cluster has the roles that the API server makes for itself (not its bindings), and aggregated roles as the
// controller leaves them.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/component-helpers/auth/rbac/reconciliation"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"
)

// A chain of aggregated roles longer than this is a mistake of the generator.
const rounds = 20

type question struct {
	Objects  []json.RawMessage `json:"objects"`
	Requests []request         `json:"requests"`
}

type request struct {
	User        string   `json:"user"`
	Groups      []string `json:"groups"`
	Verb        string   `json:"verb"`
	Group       string   `json:"group"`
	Resource    string   `json:"resource"`
	Subresource string   `json:"subresource"`
	Name        string   `json:"name"`
	Namespace   string   `json:"namespace"`
	Path        string   `json:"path"`
}

type answer struct {
	Allowed []bool `json:"allowed"`
	Error   string `json:"error,omitempty"`
}

type cluster struct {
	roles               []*rbacv1.Role
	clusterRoles        []*rbacv1.ClusterRole
	roleBindings        []*rbacv1.RoleBinding
	clusterRoleBindings []*rbacv1.ClusterRoleBinding
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	for in.Scan() {
		said, err := judge(in.Bytes())
		if err != nil {
			said = answer{Error: err.Error()}
		}
		if err := encoder.Encode(said); err != nil {
			log.Fatal(err)
		}
	}
	if err := in.Err(); err != nil {
		log.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}

func judge(line []byte) (answer, error) {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{}, err
	}
	var c cluster
	for _, object := range asked.Objects {
		if err := c.add(object); err != nil {
			return answer{}, err
		}
	}
	if err := c.reconcile(); err != nil {
		return answer{}, err
	}
	if err := c.aggregate(); err != nil {
		return answer{}, err
	}
	_, static := validation.NewTestRuleResolver(c.roles, c.roleBindings, c.clusterRoles, c.clusterRoleBindings)
	asker := rbac.New(static, static, static, static)
	said := answer{Allowed: []bool{}}
	for _, r := range asked.Requests {
		decision, _, _ := asker.Authorize(context.Background(), r.attributes())
		said.Allowed = append(said.Allowed, decision == authorizer.DecisionAllow)
	}
	return said, nil
}

func (r request) attributes() authorizer.Attributes {
	return authorizer.AttributesRecord{
		User:            &user.DefaultInfo{Name: r.User, Groups: r.Groups},
		Verb:            r.Verb,
		APIGroup:        r.Group,
		Resource:        r.Resource,
		Subresource:     r.Subresource,
		Name:            r.Name,
		Namespace:       r.Namespace,
		Path:            r.Path,
		ResourceRequest: r.Path == "",
	}
}

func (c *cluster) add(object json.RawMessage) error {
	var types metav1.TypeMeta
	if err := json.Unmarshal(object, &types); err != nil {
		return err
	}
	switch types.Kind {
	case "Role":
		return decode(object, &c.roles)
	case "ClusterRole":
		return decode(object, &c.clusterRoles)
	case "RoleBinding":
		return decode(object, &c.roleBindings)
	case "ClusterRoleBinding":
		return decode(object, &c.clusterRoleBindings)
	}
	return fmt.Errorf("kind %q", types.Kind)
}

func decode[T any](object json.RawMessage, into *[]*T) error {
	one := new(T)
	if err := json.Unmarshal(object, one); err != nil {
		return err
	}
	*into = append(*into, one)
	return nil
}

// reconcile does to the API server's own roles what it does at each start: it makes those that are not there, and gives
// the others the rules, selectors and labels that they lack, unless they ask to be left alone.
func (c *cluster) reconcile() error {
	var wanted []reconciliation.RuleOwner
	for _, role := range slices.Concat(bootstrappolicy.ClusterRoles(), bootstrappolicy.ControllerRoles()) {
		wanted = append(wanted, reconciliation.ClusterRoleRuleOwner{ClusterRole: role.DeepCopy()})
	}
	for _, roles := range bootstrappolicy.NamespaceRoles() {
		for _, role := range roles {
			wanted = append(wanted, reconciliation.RoleRuleOwner{Role: role.DeepCopy()})
		}
	}
	for _, role := range wanted {
		options := reconciliation.ReconcileRoleOptions{Role: role, Confirm: true, Client: c}
		if _, err := options.Run(); err != nil {
			return err
		}
	}
	return nil
}

// Get, Create and Update make a cluster the client that the reconciliation writes to.
func (c *cluster) Get(namespace, name string) (reconciliation.RuleOwner, error) {
	if namespace == "" {
		if at := indexOf(c.clusterRoles, namespace, name); at >= 0 {
			return reconciliation.ClusterRoleRuleOwner{ClusterRole: c.clusterRoles[at]}, nil
		}
	} else if at := indexOf(c.roles, namespace, name); at >= 0 {
		return reconciliation.RoleRuleOwner{Role: c.roles[at]}, nil
	}
	return nil, errors.NewNotFound(rbacv1.Resource("roles"), name)
}

func (c *cluster) Create(role reconciliation.RuleOwner) (reconciliation.RuleOwner, error) {
	switch owner := role.(type) {
	case reconciliation.ClusterRoleRuleOwner:
		c.clusterRoles = append(c.clusterRoles, owner.ClusterRole)
	case reconciliation.RoleRuleOwner:
		c.roles = append(c.roles, owner.Role)
	}
	return role, nil
}

func (c *cluster) Update(role reconciliation.RuleOwner) (reconciliation.RuleOwner, error) {
	switch owner := role.(type) {
	case reconciliation.ClusterRoleRuleOwner:
		c.clusterRoles[indexOf(c.clusterRoles, "", owner.GetName())] = owner.ClusterRole
	case reconciliation.RoleRuleOwner:
		c.roles[indexOf(c.roles, owner.GetNamespace(), owner.GetName())] = owner.Role
	}
	return role, nil
}

func indexOf[T metav1.Object](objects []T, namespace, name string) int {
	return slices.IndexFunc(objects, func(object T) bool {
		return object.GetNamespace() == namespace && object.GetName() == name
	})
}

// aggregate writes the rules of aggregated roles as the controller of kube-controller-manager does (its synchronisation is
// private, and wants a running API server), again and again until nothing changes.
func (c *cluster) aggregate() error {
	for range rounds {
		changed := false
		for _, role := range c.clusterRoles {
			if role.AggregationRule == nil {
				continue
			}
			rules, err := c.gather(role)
			if err != nil {
				return err
			}
			// Rules are only ever gathered, never taken away: their number tells.
			if len(role.Rules) != len(rules) {
				changed = true
			}
			role.Rules = rules
		}
		if !changed {
			return nil
		}
	}
	return fmt.Errorf("aggregation has not settled after %d rounds", rounds)
}

func (c *cluster) gather(into *rbacv1.ClusterRole) ([]rbacv1.PolicyRule, error) {
	var rules []rbacv1.PolicyRule
	known := map[string]bool{}
	for _, written := range into.AggregationRule.ClusterRoleSelectors {
		selector, err := metav1.LabelSelectorAsSelector(&written)
		if err != nil {
			return nil, err
		}
		for _, role := range c.clusterRoles {
			if role.Name == into.Name || !selector.Matches(labels.Set(role.Labels)) {
				continue
			}
			for _, rule := range role.Rules {
				if text := rule.String(); !known[text] {
					known[text] = true
					rules = append(rules, rule)
				}
			}
		}
	}
	return rules, nil
}
