// Java's generator of SDKs is in the module of its language host, which rests on a release of Pulumi of its own. Its translator is
// left out: it writes enums as text, which the SDK does not take.
package main

import (
	"generator"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi-java/pkg/codegen/java"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	generator.Main(
		generator.SDKs{
			"java": func(of *schema.Package) (generator.Files, error) {
				return java.GeneratePackage(generator.Tool, of, nil, nil, false, false)
			},
		},
		generator.Programs{},
		func(files []*syntax.File, loader schema.ReferenceLoader) (*pcl.Program, hcl.Diagnostics, error) {
			return pcl.BindProgram(files, pcl.Loader(loader))
		},
	)
}
