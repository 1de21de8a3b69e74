package filestore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/s3utils"
)

// bucket keeps files in a bucket of a server that speaks S3. It does not go through package outbound: its address is the
// operator's, like that of the database, and never a tenant's.
type bucket struct {
	client *minio.Client
	name   string
}

// place is what an s3:// address says.
type place struct {
	endpoint, key, secret, bucket, region string
	tls                                   bool
}

func parseBucket(text string) (place, error) {
	u, err := url.Parse(text)
	if err != nil { // the error would repeat the address, and with it the secret
		return place{}, errors.New("is no address: percent-encode what is not a letter or digit in KEY and SECRET; it must be s3://KEY:SECRET@host/bucket")
	}
	secret, _ := u.User.Password()
	p := place{endpoint: u.Host, key: u.User.Username(), secret: secret, bucket: strings.Trim(u.Path, "/")}
	switch {
	case u.Hostname() == "":
		return place{}, errors.New("names no host; it must be s3://KEY:SECRET@host/bucket")
	case p.key == "" || p.secret == "":
		return place{}, errors.New("names no KEY and SECRET; it must be s3://KEY:SECRET@host/bucket")
	case p.bucket == "" || strings.Contains(p.bucket, "/"):
		return place{}, errors.New("names no bucket, or what lies in one; it must be s3://KEY:SECRET@host/bucket")
	}
	if err := s3utils.CheckValidBucketName(p.bucket); err != nil {
		return place{}, fmt.Errorf("names a bucket as none can be called: %w", err)
	}
	options, err := parameters(u, "region", "tls")
	if err != nil {
		return place{}, err
	}
	switch p.region = options["region"]; options["tls"] {
	case "", "on":
		p.tls = true
	case "off":
	default:
		return place{}, errors.New(`its option tls must be "on" or "off"`)
	}
	return p, nil
}

func openBucket(text string) (*bucket, error) {
	p, err := parseBucket(text)
	if err != nil {
		return nil, err
	}
	region := p.region
	if region == "" {
		region = "us-east-1" // what servers of one's own take; else the client would ask for it first
	}
	transport := &http.Transport{Proxy: nil, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 30 * time.Second,
		IdleConnTimeout: 30 * time.Second, MaxIdleConnsPerHost: 16, DisableCompression: true}
	client, err := minio.New(p.endpoint, &minio.Options{Creds: credentials.NewStaticV4(p.key, p.secret, ""), Secure: p.tls,
		Region: region, Transport: transport, BucketLookup: minio.BucketLookupAuto, MaxRetries: 3})
	if err != nil {
		return nil, fmt.Errorf("use bucket: %w", err)
	}
	return &bucket{client: client, name: p.bucket}, nil
}

// check asks for the bucket itself, which needs no file in it.
func (b *bucket) check(ctx context.Context) error {
	found, err := b.client.BucketExists(ctx, b.name)
	if err == nil && !found {
		err = errors.New("there is no such bucket")
	}
	return err
}

// Put sends the file in one request: there is no multipart upload that could be left open.
func (b *bucket) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	if err := checkName(name); err != nil {
		return err
	}
	_, err := b.client.PutObject(ctx, b.name, name, &exactly{r, size}, size,
		minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true})
	return err
}

// Open asks whether the file is there: its size is needed for every answer about it.
func (b *bucket) Open(ctx context.Context, name string) (File, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	object, err := b.client.GetObject(ctx, b.name, name, minio.GetObjectOptions{})
	if err != nil {
		return nil, missing(err)
	}
	if _, err := object.Stat(); err != nil {
		return nil, errors.Join(missing(err), object.Close())
	}
	return object, nil
}

func (b *bucket) Delete(ctx context.Context, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	err := b.client.RemoveObject(ctx, b.name, name, minio.RemoveObjectOptions{})
	if errors.Is(missing(err), fs.ErrNotExist) {
		return nil
	}
	return err
}

// missing is fs.ErrNotExist for the answer that there is no such object.
func missing(err error) error {
	if err != nil && minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return fs.ErrNotExist
	}
	return err
}
