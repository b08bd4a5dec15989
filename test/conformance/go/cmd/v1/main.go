// The conformance suite with github.com/aliyun/alibaba-cloud-sdk-go: the first generation, RPC signatures (HMAC-SHA1).
package main

import (
	"conformance/internal/suite"
	"conformance/internal/v1"
)

func main() {
	suite.Main(v1.Connect)
}
