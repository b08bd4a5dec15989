// The conformance suite with github.com/alibabacloud-go/ecs-20140526: the current generation, ACS3-HMAC-SHA256.
package main

import (
	"conformance/internal/suite"
	"conformance/internal/v3"
)

func main() {
	suite.Main(v3.Connect)
}
