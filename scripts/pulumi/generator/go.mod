module generator

go 1.25.11

require (
	github.com/blang/semver v3.5.1+incompatible
	github.com/hashicorp/hcl/v2 v2.22.0
	github.com/pulumi/pulumi/pkg/v3 v3.206.0
)
