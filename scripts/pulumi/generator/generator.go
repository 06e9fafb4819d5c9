// Package generator runs Pulumi's own generators, in the module of each release of Pulumi that has them.
//
//	sdks <schema.json> <directory>  writes an SDK in each language, to a directory of its own
//	programs <schema.json>          reads programs in PCL by name, as JSON, and prints each in each language
package generator

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
		log.Fatalf("Usage: %s sdks <schema.json> <directory> | programs <schema.json> <programs.json", filepath.Base(os.Args[0]))
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
	var texts map[string]string
	check(json.NewDecoder(os.Stdin).Decode(&texts), "The programs are not JSON")
	printed := map[string]map[string]string{}
	for name, text := range texts {
		printed[name] = map[string]string{}
		for language, generate := range programs {
			files, diagnostics, err := generate(parse(text, bind, read(source)))
			stop(diagnostics, err, name+" cannot be generated for "+language)
			if len(files) != 1 {
				log.Fatalf("%s has %d files for %s instead of one.", name, len(files), language)
			}
			for _, content := range files {
				printed[name][language] = string(content)
			}
		}
	}
	check(json.NewEncoder(os.Stdout).Encode(printed), "The programs cannot be printed")
}

func parse(text string, bind Bind, of *schema.Package) *pcl.Program {
	parser := syntax.NewParser()
	check(parser.ParseFile(strings.NewReader(text), "main.pp"), "The program cannot be read")
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
