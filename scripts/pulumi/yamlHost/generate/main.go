// The generators that are not in the engine's release: .NET's is in older releases, on which YAML's host rests.
package main

import (
	"bytes"
	"generator"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"net/http"

	"github.com/hashicorp/hcl/v2"
	yaml "github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// NuGet wants a picture, and the generator would download Pulumi's from another host: this is a plain square.
type logo struct{}

func (logo) RoundTrip(request *http.Request) (*http.Response, error) {
	square := image.NewRGBA(image.Rect(0, 0, 64, 64))
	draw.Draw(square, square.Bounds(), image.NewUniform(color.RGBA{0x00, 0x78, 0xd4, 0xff}), image.Point{}, draw.Src)
	var encoded bytes.Buffer
	err := png.Encode(&encoded, square)
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(&encoded), Request: request}, err
}

func main() {
	http.DefaultTransport.(*http.Transport).RegisterProtocol("logo", logo{})
	generator.Main(
		generator.SDKs{
			"dotnet": func(of *schema.Package) (generator.Files, error) {
				of.LogoURL = "logo:"
				return dotnet.GeneratePackage(generator.Tool, of, nil, nil)
			},
		},
		generator.Programs{
			"csharp": dotnet.GenerateProgram,
			"yaml":   yaml.GenerateProgram,
		},
		func(files []*syntax.File, loader schema.ReferenceLoader) (*pcl.Program, hcl.Diagnostics, error) {
			return pcl.BindProgram(files, pcl.Loader(loader))
		},
	)
}
