// Package generator runs Pulumi's own generators, in the module of each release of Pulumi that has them.
//
//	sdks <schema.json> <directory>  writes an SDK in each language, to a directory of its own
//	programs <schema.json>          prints the program in PCL that it reads in each language, as JSON
package generator

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/blang/semver"
	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// Tool is named in the first line of what is generated.
const Tool = "pulumi-azure-backup"

// Files are contents by name.
type Files = map[string][]byte

// SDKs and Programs are generators by language.
type (
	SDKs     map[string]func(*schema.Package) (Files, error)
	Programs map[string]func(*pcl.Program) (Files, hcl.Diagnostics, error)
)

// Bind is pcl.BindProgram, whose parameters differ between releases.
type Bind func([]*syntax.File, schema.ReferenceLoader) (*pcl.Program, hcl.Diagnostics, error)

// Main does what the command line says.
func Main(sdks SDKs, programs Programs, bind Bind) {
	log.SetFlags(0)
	switch args := os.Args[1:]; {
	case len(args) == 3 && args[0] == "sdks":
		writeSDKs(sdks, args[1], args[2])
	case len(args) == 2 && args[0] == "programs":
		printPrograms(programs, bind, args[1])
	default:
		log.Fatalf("Usage: %s sdks <schema.json> <directory> | programs <schema.json> <program.pp", filepath.Base(os.Args[0]))
	}
}

func writeSDKs(sdks SDKs, source, directory string) {
	for _, language := range slices.Sorted(maps.Keys(sdks)) {
		// Read for each: a generator changes the package that it is given.
		files, err := sdks[language](read(source))
		check(err, "The SDK for "+language+" cannot be generated")
		for name, content := range files {
			file := filepath.Join(directory, language, name)
			check(os.MkdirAll(filepath.Dir(file), 0o755), file)
			check(os.WriteFile(file, content, 0o644), file)
		}
	}
}

func printPrograms(programs Programs, bind Bind, source string) {
	text, err := io.ReadAll(os.Stdin)
	check(err, "The program cannot be read")
	printed := map[string]string{}
	for _, language := range slices.Sorted(maps.Keys(programs)) {
		files, diagnostics, err := programs[language](parse(text, bind, read(source)))
		stop(diagnostics, err, "The program cannot be generated for "+language)
		if len(files) != 1 {
			log.Fatalf("The program for %s has %d files instead of one.", language, len(files))
		}
		for _, content := range files {
			printed[language] = string(content)
		}
	}
	encoded, err := json.Marshal(printed)
	check(err, "The programs cannot be printed")
	fmt.Println(string(encoded))
}

func parse(text []byte, bind Bind, of *schema.Package) *pcl.Program {
	parser := syntax.NewParser()
	check(parser.ParseFile(bytes.NewReader(text), "main.pp"), "The program cannot be read")
	stop(parser.Diagnostics, nil, "The program is not PCL")
	program, diagnostics, err := bind(parser.Files, only{of: of})
	stop(diagnostics, err, "The program does not fit the schema")
	return program
}

func read(source string) *schema.Package {
	text, err := os.ReadFile(source)
	check(err, source)
	var spec schema.PackageSpec
	check(json.Unmarshal(text, &spec), source+" is not a schema")
	bound, diagnostics, err := schema.BindSpec(spec, only{}, schema.ValidationOptions{})
	stop(diagnostics, err, source+" is not a valid schema")
	return bound
}

func check(err error, what string) {
	if err != nil {
		log.Fatalf("%s: %v", what, err)
	}
}

func stop(diagnostics hcl.Diagnostics, err error, what string) {
	for _, each := range diagnostics {
		log.Print(each)
	}
	check(err, what)
	if diagnostics.HasErrors() {
		log.Fatalf("%s, see above.", what)
	}
}

// only knows no package but ours, which refers to no other.
type only struct {
	schema.ReferenceLoader
	of *schema.Package
}

func (loader only) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	if loader.of == nil || name != loader.of.Name {
		return nil, fmt.Errorf("the package %s is unknown", name)
	}
	return loader.of, nil
}

func (loader only) LoadPackageV2(_ context.Context, of *schema.PackageDescriptor) (*schema.Package, error) {
	return loader.LoadPackage(of.Name, nil)
}

func (loader only) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	found, err := loader.LoadPackage(name, nil)
	if err != nil {
		return nil, err
	}
	return found.Reference(), nil
}

func (loader only) LoadPackageReferenceV2(
	_ context.Context, of *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return loader.LoadPackageReference(of.Name, nil)
}
