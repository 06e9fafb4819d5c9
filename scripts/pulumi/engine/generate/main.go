// The generators of the engine's own release. It stands in this module so that they are compiled once for both.
package main

import (
	"generator"

	"github.com/hashicorp/hcl/v2"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	generator.Main(
		generator.SDKs{
			"nodejs": func(of *schema.Package) (generator.Files, error) {
				return nodejs.GeneratePackage(generator.Tool, of, nil, nil, false, nil)
			},
			"python": func(of *schema.Package) (generator.Files, error) {
				return python.GeneratePackage(generator.Tool, of, nil, nil)
			},
			"go": func(of *schema.Package) (generator.Files, error) {
				return golang.GeneratePackage(generator.Tool, of, nil)
			},
		},
		generator.Programs{
			"typescript": nodejs.GenerateProgram,
			"python":     python.GenerateProgram,
			"go":         golang.GenerateProgram,
		},
		func(files []*syntax.File, loader schema.ReferenceLoader) (*pcl.Program, hcl.Diagnostics, error) {
			return pcl.BindProgram(files, loader)
		},
	)
}
