// Command oracle says what go-cty, the library behind Terraform's own values, makes of encoded values.
//
// It reads one JSON object a line from standard input: a type in go-cty's JSON form, and a value of that
// type in hexadecimal, as MessagePack or as JSON. It answers each with one line: the same value in
// both forms, as go-cty writes it, or the error. A panic of go-cty is an answer as well, as it would
// be a crash of Terraform.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"
)

type request struct {
	Type    json.RawMessage `json:"type"`
	Msgpack *string         `json:"msgpack"`
	JSON    *string         `json:"json"`
}

type answer struct {
	// What keeps the value from being read, or from being written as MessagePack.
	Error string `json:"error,omitempty"`
	Panic string `json:"panic,omitempty"`
	// Hexadecimal, like the request's.
	Type      string `json:"type,omitempty"`
	Msgpack   string `json:"msgpack,omitempty"`
	JSON      string `json:"json,omitempty"`
	JSONError string `json:"jsonError,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		text, err := json.Marshal(respond(line))
		if err != nil {
			panic(err)
		}
		out.Write(text)
		out.WriteByte('\n')
		// Many requests may wait already: their answers go out together.
		if in.Buffered() == 0 {
			out.Flush()
		}
	}
}

func respond(line []byte) (result answer) {
	defer func() {
		if reason := recover(); reason != nil {
			result = answer{Panic: fmt.Sprint(reason)}
		}
	}()
	var asked request
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Error: err.Error()}
	}
	ty, err := ctyjson.UnmarshalType(asked.Type)
	if err != nil {
		return answer{Error: err.Error()}
	}
	value, err := read(asked, ty)
	if err != nil {
		return answer{Error: err.Error()}
	}
	return write(value, ty)
}

func read(asked request, ty cty.Type) (cty.Value, error) {
	if asked.Msgpack != nil {
		bytes, err := hex.DecodeString(*asked.Msgpack)
		if err != nil {
			return cty.NilVal, err
		}
		return msgpack.Unmarshal(bytes, ty)
	}
	if asked.JSON == nil {
		return cty.NilVal, fmt.Errorf("the request has no value")
	}
	bytes, err := hex.DecodeString(*asked.JSON)
	if err != nil {
		return cty.NilVal, err
	}
	return ctyjson.Unmarshal(bytes, ty)
}

func write(value cty.Value, ty cty.Type) answer {
	packed, err := msgpack.Marshal(value, ty)
	if err != nil {
		return answer{Error: err.Error()}
	}
	typeText, err := ctyjson.MarshalType(ty)
	if err != nil {
		return answer{Error: err.Error()}
	}
	result := answer{Type: hex.EncodeToString(typeText), Msgpack: hex.EncodeToString(packed)}
	text, err := ctyjson.Marshal(value, ty)
	if err != nil {
		result.JSONError = err.Error()
	} else {
		result.JSON = hex.EncodeToString(text)
	}
	return result
}
